"""All errors, as one tree. Every message says what was found, what was expected, and what to do.

OnRecordError
├── SettingsError         a setting has a value that cannot be used
├── SourceError           a path cannot be read at all (a bad item inside one is a `Reject`)
├── StorageError          the disk is full, read-only, or access is denied
├── WriterBusyError       this data folder is being written to already
├── WriterLostError       the process that was writing ended before it had finished
├── JobError              a job cannot be taken, found or changed
│   ├── QueueFullError        too many writes wait already
│   ├── UnknownJobError       no job has this number
│   ├── JobEndedError         it is too late to cancel the job
│   ├── JobCancelledError     somebody cancelled the job that was waited for
│   └── StoppingError         the service stops; the job goes on after the next start
├── ArchiveError          the archive is damaged, or of a newer format
│   └── DamagedArticleError   what is stored of an article was altered from outside
├── GenerationError       no usable index
│   ├── NoIndexError          nothing has been built here yet
│   ├── DamagedIndexError     a file is missing, cut short or altered
│   └── IndexMismatchError    built with another embedder, encoding or format
├── UnknownGenerationError  no generation of the index has this name
│   └── GenerationGoneError     it is no longer kept
├── ModelError            model weights are missing, or are not the ones published
├── QuestionError         the question or its filters are invalid
├── AbandonedError        nobody waits for the answer to this question any more
├── UnknownArticleError   no article, or no revision of it, has this id
└── CitationError         a quote differs from the stored article: a bug in this project
"""


class OnRecordError(Exception):
    """Anything this project raises on purpose; `str(error)` can be shown to users."""


class SettingsError(OnRecordError): ...


class SourceError(OnRecordError): ...


class StorageError(OnRecordError): ...


class WriterBusyError(OnRecordError): ...


class WriterLostError(OnRecordError): ...


class JobError(OnRecordError): ...


class QueueFullError(JobError): ...


class UnknownJobError(JobError): ...


class JobEndedError(JobError): ...


class JobCancelledError(JobError): ...


class StoppingError(JobError): ...


class ArchiveError(OnRecordError): ...


class DamagedArticleError(ArchiveError): ...


class GenerationError(OnRecordError): ...


class NoIndexError(GenerationError): ...


class DamagedIndexError(GenerationError): ...


class IndexMismatchError(GenerationError): ...


class UnknownGenerationError(OnRecordError): ...


class GenerationGoneError(UnknownGenerationError): ...


class ModelError(OnRecordError): ...


class QuestionError(OnRecordError): ...


class AbandonedError(OnRecordError): ...


class UnknownArticleError(OnRecordError): ...


class CitationError(OnRecordError): ...
