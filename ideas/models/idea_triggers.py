"""What triggers of ideas do, as PostgreSQL reads it."""

TALLY_FOLLOWS = """
                UPDATE ideas_ideatally SET board_id = NEW.board_id, status = NEW.status,
                    listed = NEW.status <> 'draft' AND NEW.hidden_at IS NULL
                             AND NEW.merged_into_id IS NULL,
                    opened_at = NEW.opened_at, merged_into_id = NEW.merged_into_id
                WHERE idea_id = NEW.id;
                IF OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id THEN
                    UPDATE ideas_ideatally SET
                        gathers = gathers
                            + (CASE WHEN idea_id = NEW.merged_into_id THEN 1 ELSE -1 END),
                        comments = comments
                            + (CASE WHEN idea_id = NEW.merged_into_id THEN 1 ELSE -1 END)
                            * (SELECT count(*) FROM ideas_comment
                               WHERE ideas_comment.idea_id = NEW.id AND hidden_at IS NULL)
                    WHERE idea_id IN (OLD.merged_into_id, NEW.merged_into_id);
                    INSERT INTO ideas_tallydelta (idea_id)
                    SELECT root FROM unnest(ARRAY[OLD.merged_into_id, NEW.merged_into_id]) root
                    WHERE root IS NOT NULL;
                END IF;
                RETURN NULL;
                """

# Two questions, each answered by an index: with "or" between the ends, all ideas would be read.
NO_CHAINS = """
                IF EXISTS (
                    SELECT FROM ideas_idea idea
                    JOIN ideas_idea survivor ON survivor.id = idea.merged_into_id
                    WHERE idea.id = NEW.id
                      AND (survivor.merged_into_id IS NOT NULL OR survivor.status = 'draft')
                ) OR EXISTS (
                    SELECT FROM ideas_idea survivor
                    JOIN ideas_idea idea ON idea.merged_into_id = survivor.id
                    WHERE survivor.id = NEW.id
                      AND (survivor.merged_into_id IS NOT NULL OR survivor.status = 'draft')
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'An idea is merged into one that stands for itself.',
                        CONSTRAINT = 'no_chains_of_merges';
                END IF;
                RETURN NULL;
                """
