"""What people type about ideas."""

from ideas.forms.deciding import (
    ComposeForm,
    DecisionForm,
    IdsField,
    RemarkForm,
    RescheduleForm,
    WithdrawalForm,
)
from ideas.forms.filtering import FilterForm, RecordFilterForm
from ideas.forms.merging import MergeForm, ObjectionForm, ReplyForm, UndoForm
from ideas.forms.reviewing import (
    AssignForm,
    BulkAskForm,
    BulkAssignForm,
    BulkDecisionForm,
    BulkMergeForm,
    BulkTagForm,
    NoteForm,
    QueueForm,
    ReviewTagsForm,
    ScoresForm,
    ViewForm,
)
from ideas.forms.writing import (
    CommentEditForm,
    CommentForm,
    IdeaForm,
    ManyFiles,
    PicturesField,
    RevisionForm,
    TagsField,
)

__all__ = [
    "AssignForm",
    "BulkAskForm",
    "BulkAssignForm",
    "BulkDecisionForm",
    "BulkMergeForm",
    "BulkTagForm",
    "CommentEditForm",
    "CommentForm",
    "ComposeForm",
    "DecisionForm",
    "FilterForm",
    "IdeaForm",
    "IdsField",
    "ManyFiles",
    "MergeForm",
    "NoteForm",
    "ObjectionForm",
    "PicturesField",
    "QueueForm",
    "RecordFilterForm",
    "RemarkForm",
    "ReplyForm",
    "RescheduleForm",
    "ReviewTagsForm",
    "RevisionForm",
    "ScoresForm",
    "TagsField",
    "UndoForm",
    "ViewForm",
    "WithdrawalForm",
]
