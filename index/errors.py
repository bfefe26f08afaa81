"""What can go wrong, as one tree. Every message says what was found, what was wanted, what to do.

OnRecordError
├── SettingsError         a setting has a value that cannot be used
├── SourceError           a path cannot be read at all (a bad item inside one is a `Reject`)
├── StorageError          the disk is full, read-only, or refuses us
├── WriterBusyError       another process is writing to this data folder
├── ArchiveError          the archive is damaged, or of a newer format
├── GenerationError       no usable index
│   ├── NoIndexError          nothing has been built here yet
│   ├── DamagedIndexError     a file is missing, cut short or altered
│   └── IndexMismatchError    built with another embedder, encoding or format
├── ModelError            model weights are missing, or are not the ones published
├── QuestionError         the question cannot be asked as it stands
├── UnknownArticleError   no article, or no revision of it, has this id
└── CitationError         a quote is not what the stored article says: a bug of ours
"""


class OnRecordError(Exception):
    """Anything this project raises on purpose; `str(error)` is fit for a reader."""


class SettingsError(OnRecordError):
    pass


class SourceError(OnRecordError):
    pass


class StorageError(OnRecordError):
    pass


class WriterBusyError(OnRecordError):
    pass


class ArchiveError(OnRecordError):
    pass


class GenerationError(OnRecordError):
    pass


class NoIndexError(GenerationError):
    pass


class DamagedIndexError(GenerationError):
    pass


class IndexMismatchError(GenerationError):
    pass


class ModelError(OnRecordError):
    pass


class QuestionError(OnRecordError):
    pass


class UnknownArticleError(OnRecordError):
    pass


class CitationError(OnRecordError):
    pass
