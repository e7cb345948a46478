"""Ville's path in 18 steps (domain.md 1.6), each done by its actor with the verbs that the pages use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from clients import identity
from clients.models import Assessment, Client, ClientPlan, Document, Matter
from groups.models import Group
from plans.models import Decision, Goal, Referral, Rehabilitation, Visit
from reviews.models import Evaluation, FollowOn, FollowUp
from soskuntoutus import clock
from soskuntoutus.demo import words
from soskuntoutus.demo.cast import VILLE, Cast
from soskuntoutus.demo.progress import steps_behind
from soskuntoutus.organisation.models import Code, Partner, User

FIRST_DAY = date(2026, 4, 13)
GROUP = "Elokuvaryhmä"
BEGINS = {5: date(2026, 3, 10), 11: date(2026, 4, 14)}  # the steps that take more than a day


@dataclass(frozen=True)
class Step:
    """One step: its day, who acts, and the deed."""

    number: int
    day: date
    actor: str
    title: str
    deed: Callable[["Path"], None]

    @property
    def begins(self) -> date:
        """The day of its first deed."""
        return BEGINS.get(self.number, self.day)


@dataclass(frozen=True)
class Path:
    """Whose path is walked, and with whom: Ville's, or the same path in the area next door."""

    cast: Cast
    code: str = VILLE
    first_name: str = "Ville"
    last_name: str = "Lehtola"
    group: str = GROUP

    def __getattr__(self, name: str) -> User:
        return getattr(self.cast, name)

    @property
    def client(self) -> Client:
        """The client, once the contact has been recorded."""
        return Client.objects.get(identity_index=identity.index(self.code))

    @property
    def matter(self) -> Matter:
        """The client's newest matter."""
        return self.client.matters.latest("received_at")

    @property
    def rehabilitation(self) -> Rehabilitation:
        """The client's newest rehabilitation."""
        return self.client.rehabilitations.latest("anchor")


def ville() -> Client:
    """Ville, once the contact about him has been recorded."""
    return Client.objects.get(identity_index=identity.index(VILLE))


def put_ville_at(number: int, cast: Cast) -> None:
    """Do the steps up to and including this one, each on its own day. 0 does nothing."""
    for step in STEPS[:number]:
        do(step, Path(cast))


def do(step: Step, path: Path) -> None:
    """Do one step on its own day, at four in the afternoon."""
    with clock.at(_at(step.day, 16)):
        step.deed(path)


def done() -> int:
    """How many steps lie behind Ville, read from the facts."""
    return steps_behind()


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.HELSINKI)


def _draft(path: Path, kind: str, content: dict, by: User, model: type[Document] = Document) -> Document:
    client = path.client
    content = words.retold(content, {"Ville Lehtola": client.name, "Ville": client.first_names})
    return model(
        client=client, matter=path.matter, kind=kind, content=content, language=client.language, created_by=by
    )


def _contact(path: Path) -> None:
    Matter.receive(
        unit=path.west,
        received_at=_at(date(2026, 3, 2), 14, 20),
        channel=Matter.Channel.CONTACT,
        consent=True,
        content=words.CONTACT,
        last_name=path.last_name,
        first_names=path.first_name,
        identity_code=path.code,
        phone="040 000 0951",
        by=path.pia,
    )


def _registration(path: Path) -> None:
    path.matter.register(by=path.pia)


def _taking(path: Path) -> None:
    matter = path.matter
    matter.triage(urgency=Matter.Urgency.NOT_URGENT, content=words.TRIAGE, by=path.sanna)
    matter.take(worker=path.sanna, by=path.sanna)


def _phone_call(path: Path) -> None:
    _record(
        path,
        path.sanna,
        clock.today(),
        9,
        "Soitettiin ja sovittiin tapaaminen tiistaiksi 10.3. klo 13.",
        mode="call",
        place="phone",
        minutes=15,
    )
    Visit.plan(
        client=path.client,
        matter=path.matter,
        mode="meeting",
        place="office",
        planned_at=_at(date(2026, 3, 10), 13),
        by=path.sanna,
    )


def _meetings(path: Path) -> None:
    planned = path.client.visits.planned().get()
    planned.hold(
        mode="meeting",
        place="office",
        held_at=_at(date(2026, 3, 10), 13),
        ended_at=_at(date(2026, 3, 10), 14),
        words="Kartoitettiin elämäntilannetta, toimintakykyä ja vahvuuksia.",
        by=path.sanna,
    )
    _record(
        path,
        path.sanna,
        date(2026, 3, 17),
        13,
        "Puhuttiin tuen tarpeesta. Ehdotin kuntoutuksen ohjaajan tapaamista ja elokuvaryhmää.",
        place="office",
    )


def _assessment(path: Path) -> None:
    Assessment.sign(document=_draft(path, "assessment", words.ASSESSMENT, path.sanna), by=path.sanna)
    path.client.name_own_worker(worker=path.sanna, by=path.sanna)


def _client_plan(path: Path) -> None:
    _draft(path, "client_plan", words.CLIENT_PLAN, path.sanna, ClientPlan).sign(by=path.sanna)
    Referral.send(
        document=_draft(path, "referral", words.REFERRAL, path.sanna), to_unit=path.team, by=path.sanna
    )


def _three_party_meeting(path: Path) -> None:
    referral = path.client.referrals.open().get()
    referral.accept(by=path.leena)
    rehabilitation = referral.reserve(worker=path.niklas, first_day=FIRST_DAY, by=path.leena)
    _record(
        path,
        path.niklas,
        clock.today(),
        13,
        "Kolmikantaneuvottelu: tuen tarve, toiveet ja ryhmä. Laadittiin toteuttamissuunnitelma.",
        mode="negotiation",
        place="office",
        participants="Sanna Rinne",
    )
    for goal in words.GOALS:
        Goal.put(rehabilitation=rehabilitation, target_on=date(2026, 7, 9), by=path.niklas, **goal)
    plan = _draft(path, "service_plan", words.SERVICE_PLAN, path.niklas)
    rehabilitation.sign_plan(document=plan, form="overlap", every_days=7, by=path.niklas)


def _decision(path: Path) -> None:
    decision = Decision.sign(
        document=_draft(path, "decision", words.DECISION, path.sanna),
        rehabilitation=path.rehabilitation,
        by=path.sanna,
    )
    decision.deliver(recipient=path.client.name, way="letter", sent_on=clock.today(), by=path.sanna)


def _start(path: Path) -> None:
    path.rehabilitation.start(by=path.niklas)


def _work(path: Path) -> None:
    client, group = path.client, Group.objects.get(name=path.group)
    with clock.at(_at(date(2026, 4, 14), 12)):
        group.enrol(client=client, first_day=date(2026, 4, 15), last_day=date(2026, 7, 8), by=path.niklas)
    for day, done_words, client_words in words.VISITS:
        held_on = date.fromisoformat(day)
        with clock.at(_at(held_on, 16)):
            goals = path.rehabilitation.goals.filter(line=1)
            _record(
                path,
                path.niklas,
                held_on,
                10,
                done_words,
                client_words=client_words,
                together=bool(client_words),
                goals=goals,
            )
    with clock.at(_at(date(2026, 6, 8), 12)):
        called_off = Visit.plan(
            client=client,
            matter=path.matter,
            mode="meeting",
            place="home",
            planned_at=_at(date(2026, 6, 9), 10),
            by=path.niklas,
        )
        called_off.cancel(side="client", words="Hammaslääkäri.", by=path.niklas)
    for number in range(12):
        _hold_session(path, group, client, date(2026, 4, 15) + timedelta(weeks=number))
    with clock.at(_at(date(2026, 6, 30), 16)):
        Visit.plan(
            client=client,
            matter=path.matter,
            mode="negotiation",
            place="office",
            planned_at=_at(date(2026, 7, 9), 10),
            by=path.sanna,
        )


def _last_session(path: Path) -> None:
    _hold_session(path, Group.objects.get(name=path.group), path.client, date(2026, 7, 8))


def _hold_session(path: Path, group: Group, client: Client, held_on: date) -> None:
    missed = held_on == date(2026, 5, 6)
    line = "Soitettu samana päivänä. Nukkui pommiin, sovittiin herätyssoitto." if missed else ""
    with clock.at(_at(held_on, 16)):
        group.hold(
            on=held_on,
            theme="",
            note="Katsottiin ja leikattiin omia kohtauksia.",
            presences={client: ("absent" if missed else "present", line)},
            by=path.niklas,
        )


def _evaluation(path: Path) -> None:
    rehabilitation = path.rehabilitation
    planned = path.client.visits.planned().filter(mode="negotiation").first()
    if planned:
        planned.hold(
            mode="negotiation",
            place="office",
            held_at=_at(clock.today(), 10),
            ended_at=_at(clock.today(), 11),
            participants="Niklas Åberg",
            words="Arvioitiin yhdessä, miten tavoitteet toteutuivat.",
            by=path.sanna,
        )
    ratings = []
    for goal, levels in zip(rehabilitation.goals.current(), cycle(words.LEVELS), strict=False):
        for voice, level in zip(("client", "worker", "shared"), levels, strict=True):
            ratings.append({"goal": goal, "voice": voice, "level": level})
    period = rehabilitation.current_period
    paper = _draft(path, "evaluation", words.EVALUATION, path.niklas)
    paper.subject = f"period:{period.pk}"
    Evaluation.complete(document=paper, period=period, ratings=ratings, by=path.niklas)


def _follow_on(path: Path) -> None:
    service = Code.objects.valid(Code.System.FOLLOW_ON_SERVICE).get(value="2")
    partner = Partner.objects.get(name="Mediapaja Kuvasto")
    row = FollowOn.propose(
        rehabilitation=path.rehabilitation,
        service=service,
        partner=partner,
        description=words.FOLLOW_ON,
        by=path.niklas,
    )
    row.meet(met_on=clock.today(), words=words.MEETING, by=path.niklas)


def _end(path: Path) -> None:
    path.rehabilitation.end(reason="goals_met", words=words.END, by=path.niklas)


def _activation_plan(path: Path) -> None:
    _record(
        path,
        path.sanna,
        clock.today(),
        10,
        "Aktivointisuunnitelma tehtiin yhdessä työllisyyspalvelujen kanssa.",
        mode="negotiation",
        place="office",
        participants="Tuula, työllisyyspalvelut",
    )


def _plan_update(path: Path) -> None:
    content = {
        **words.CLIENT_PLAN,
        "met_on": clock.today().isoformat(),
        "services": "Sosiaalityö, kuntouttava työtoiminta.",
        "evaluation": "Sosiaalisen kuntoutuksen tavoitteet toteutuivat melko hyvin.",
        "review_on": "2026-10-12",
    }
    _draft(path, "client_plan", content, path.sanna, ClientPlan).sign(by=path.sanna)


def _follow_up(path: Path) -> None:
    FollowUp.make(
        rehabilitation=path.rehabilitation,
        attached="yes",
        words=words.FOLLOW_UP,
        client_words="Leikkaan jo toista pätkää.",
        by=path.sanna,
    )
    path.matter.close(by=path.sanna)


def _record(
    path: Path,
    by: User,
    day: date,
    hour: int,
    done_words: str,
    *,
    mode: str = "meeting",
    place: str = "home",
    minutes: int = 60,
    **facts,
) -> Visit:
    begins = _at(day, hour)
    return Visit.record(
        client=path.client,
        matter=path.matter,
        mode=mode,
        place=place,
        held_at=begins,
        ended_at=begins + timedelta(minutes=minutes),
        words=done_words,
        by=by,
        **facts,
    )


def _steps() -> Iterator[Step]:
    rows = [
        (date(2026, 3, 2), "pia", "Yhteydenotto saapuu", _contact),
        (date(2026, 3, 3), "pia", "Vireilletulo kirjataan", _registration),
        (date(2026, 3, 4), "sanna", "Kiireellisyys arvioidaan, Sanna ottaa kopin", _taking),
        (date(2026, 3, 5), "sanna", "Puhelu, tapaaminen sovitaan", _phone_call),
        (date(2026, 3, 17), "sanna", "Kaksi tapaamista", _meetings),
        (date(2026, 3, 20), "sanna", "Palvelutarpeen arvio ja omatyöntekijä", _assessment),
        (date(2026, 3, 25), "sanna", "Asiakassuunnitelma ja ehdotus kuntoutuksesta", _client_plan),
        (date(2026, 3, 31), "niklas", "Kolmikantaneuvottelu ja toteuttamissuunnitelma", _three_party_meeting),
        (date(2026, 4, 8), "sanna", "Päätös", _decision),
        (date(2026, 4, 13), "niklas", "Palvelu alkaa", _start),
        (date(2026, 7, 7), "niklas", "Käynnit ja elokuvaryhmä", _work),
        (date(2026, 7, 8), "niklas", "Elokuvaryhmä päättyy", _last_session),
        (date(2026, 7, 9), "niklas", "Arviointi yhdessä", _evaluation),
        (date(2026, 7, 9), "niklas", "Jatkopalvelu ja tapaaminen ohjaajan kanssa", _follow_on),
        (date(2026, 7, 12), "niklas", "Palvelu päättyy", _end),
        (date(2026, 7, 20), "sanna", "Aktivointisuunnitelma, yhteinen tapaaminen", _activation_plan),
        (date(2026, 7, 22), "sanna", "Asiakassuunnitelma päivitetään", _plan_update),
        (date(2026, 10, 12), "sanna", "Seuranta, asia päätetään", _follow_up),
    ]
    for number, row in enumerate(rows, start=1):
        yield Step(number, *row)


STEPS: tuple[Step, ...] = tuple(_steps())
