from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from community import pictures
from community.errors import Refused
from community.models import Member
from community.verdicts import limited
from ideas import policies
from ideas.models import Idea, IdeaImage

LONGEST_SIDE = 1600


@transaction.atomic
def add_picture(*, idea: Idea, by: Member, file: File[bytes], description: str = "") -> IdeaImage:
    """Put a picture into one's idea, re-encoded. Raises Refused when it is none or one too many."""
    idea = Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    policies.can_edit(by, idea).enforce()
    most = by.privileges.images
    if idea.images.count() >= most:
        reason = _("You can add %(count)d pictures to one idea at your trust level.")
        raise Refused(limited(reason % {"count": most}, "images", most), code="too_many_pictures")
    content, _width, _height = pictures.reencode(file, square=None, longest=LONGEST_SIDE)
    return IdeaImage.objects.create(idea=idea, file=content, description=description)


@transaction.atomic
def remove_picture(*, picture: IdeaImage, by: Member) -> None:
    """Take a picture out of one's idea. The file goes when the deed is committed."""
    idea = Idea.objects.select_for_update(no_key=True).get(pk=picture.idea_id)
    policies.can_edit(by, idea).enforce()
    file = picture.file
    picture.delete()
    transaction.on_commit(lambda: file.delete(save=False), robust=True)
