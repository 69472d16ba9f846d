"""What the notifier is asked over HTTP."""
from services.notifier.domain.leaflets import NoSuchLeaflet, StoppedAll
from services.notifier.domain.reply import AlreadyAnswered, CodeUnknown, TooLate
from services.notifier.domain.task import NoSuchTeam, NoTimeToTry, TakenByAnother
from services.notifier.ports import MessageUnknown, PartyErased, PartyUnknown, RecordChanged, TaskClosed, TaskUnknown
from services.notifier.ports.gallery import NoSuchExhibit, NotThereYet
from services.notifier.ports.media import NoSuchMedium
from services.notifier.ports.translations import ChangedMeanwhile, NoSuchTranslation

PROBLEMS: dict[type[Exception], int] = {
    PartyUnknown: 404,
    PartyErased: 409,
    MessageUnknown: 404,
    TaskUnknown: 404,
    CodeUnknown: 404,
    NoSuchExhibit: 404,
    NoSuchLeaflet: 404,
    StoppedAll: 409,
    NotThereYet: 409,
    RecordChanged: 409,
    NoSuchTranslation: 404,
    NoSuchMedium: 404,
    ChangedMeanwhile: 409,
    TaskClosed: 409,
    TakenByAnother: 409,
    NoSuchTeam: 422,
    NoTimeToTry: 422,
    AlreadyAnswered: 409,
    TooLate: 410,
}
