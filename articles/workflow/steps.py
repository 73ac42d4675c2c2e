"""草稿 → 待审 → 已排期 → 已发布 → 已归档, and the same steps for the working copy of a public article.

`by` is who takes the step, None for the clock; `at` the moment it is taken. Who may take which step is
asked in `may`. Readers see the row of the article; while it is approved (已排期, 已发布) an edit is kept
beside it as a newer version until that is published in its turn.
"""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Event, Version
from articles.signals import collected
from articles.workflow import permissions, snapshot
from calculators.common import page_keys

Status, EditStatus, Kind = Article.Status, Article.EditStatus, Event.Kind
NO_REASON = "退回要写明原因，作者靠它知道改哪里。"
REVIEW_EVERY = timedelta(days=365)
REVIEW_COLUMNS = {"reviewer", "reviewed_on", "review_by"}
NO_EDIT = {"edit_status": EditStatus.NONE, "edit_live_at": None}


def newest(article) -> Version | None:
    return article.versions.newest().first()


def live(article) -> Version | None:
    """The version readers see; None while nothing was ever published."""
    return article.versions.live().first()


def stage(article) -> str:
    """How far the newest text has come."""
    return article.edit_status or article.status


@collected()
def save(article, content, *, by, reason="", at=None) -> Version:
    """Keep this content as the newest version. Saving what is already there makes no version."""
    at = at or timezone.now()
    before = newest(article) or _first_version(article)
    if before is not None and snapshot.same(snapshot.content_of(before, article), content):
        return before
    version = _add_version(article, content, before, by=by, reason=reason, at=at)
    if article.is_approved:
        if not article.edit_status or article.edit_status == EditStatus.SCHEDULED:
            _set(article, edit_status=EditStatus.DRAFT, edit_live_at=None)
    else:
        snapshot.put(content, article)
    return version


def _first_version(article):
    """What stood in the article before versions were kept of it."""
    if not article.is_approved:
        return None
    return _add_version(article, snapshot.take(article), None, at=article.updated_at, went_live=article.published_at)


def _add_version(article, content, before, **fields):
    return article.versions.create(
        number=before.number + 1 if before else 1, content=snapshot.stamped(content), **fields
    )


def _show(article, **fields):
    """Give the article in memory these columns; nothing is stored."""
    for name, value in fields.items():
        setattr(article, name, value)


def _set(article, **fields):
    """Store columns that are no part of the text: nothing follows from them but what the page says of its review."""
    _show(article, **fields)
    Article.objects.filter(pk=article.pk).update(**fields)
    if article.is_approved and not REVIEW_COLUMNS.isdisjoint(fields):
        page_keys.invalidate(page_keys.article(article.pk))


def note_step(article, kind, *, by, at, note="", version=None) -> Event:
    return article.events.create(kind=kind, by=by, at=at, note=note[:300], version=version or newest(article))


@collected()
def submit(article, *, by, note="", at=None):
    if stage(article) != Status.DRAFT:
        raise permissions.NotAllowed("只有草稿能送审。")
    name = "edit_status" if article.edit_status else "status"
    _set(article, **{name: Status.REVIEW})
    return note_step(article, Kind.SUBMITTED, by=by, note=note, at=at or timezone.now())


@collected()
def send_back(article, *, by, note="", at=None):
    if stage(article) != Status.REVIEW:
        raise permissions.NotAllowed("只有待审的文章能退回。")
    if not note.strip():
        raise permissions.NotAllowed(NO_REASON)
    name = "edit_status" if article.edit_status else "status"
    _set(article, **{name: Status.DRAFT})
    return note_step(article, Kind.RETURNED, by=by, note=note, at=at or timezone.now())


@collected()
def schedule(article, when, *, by, note="", at=None):
    """The newest version becomes public at `when`. A moment that has passed is now."""
    at = at or timezone.now()
    if when <= at:
        return publish(article, by=by, note=note, at=at)
    permissions.demand_publisher(by)
    _demand_accepted_sources(article, newest(article))
    if article.unpublish_at and article.unpublish_at <= when:
        raise permissions.NotAllowed("下线时间早于上线时间，读者会看不到：请先改下线时间。")
    if article.is_public(at):
        if not article.edit_status:
            raise permissions.NotAllowed("线上就是最新的文字，没有要排期的修改。")
        _set(article, edit_status=EditStatus.SCHEDULED, edit_live_at=when, **_approval(article, by, at))
    else:
        _show(article, status=Status.SCHEDULED, published_at=when, **NO_EDIT, **_approval(article, by, at))
        _put_newest(article, at)
    return note_step(
        article, Kind.SCHEDULED, by=by, note=note or f"{timezone.localtime(when):%Y-%m-%d %H:%M} 上线", at=at
    )


@collected()
def unschedule(article, *, by, note="", at=None):
    at = at or timezone.now()
    permissions.demand_publisher(by)
    if article.edit_status == EditStatus.SCHEDULED:
        _set(article, edit_status=EditStatus.DRAFT, edit_live_at=None)
    elif article.status == Status.SCHEDULED and not article.is_public(at):
        article.status, article.edit_status, article.published_at = Status.DRAFT, EditStatus.NONE, None
        _put_newest(article, at)
    else:
        raise permissions.NotAllowed("没有排期可以取消。")
    return note_step(article, Kind.UNSCHEDULED, by=by, note=note, at=at)


@collected()
def publish(article, *, by, note="", at=None):
    """The newest version is what readers see from `at` on."""
    at = at or timezone.now()
    permissions.demand_publisher(by)
    version = newest(article)
    _demand_accepted_sources(article, version)
    again = article.is_public(at)
    if again and not article.edit_status:
        raise permissions.NotAllowed("线上已经是最新的文字。")
    _show(article, **_approval(article, by, at))
    kind = Kind.UPDATED if again else Kind.PUBLISHED
    return go_live(article, kind, by=by, note=note, at=at, newest_version=version)


def _put_newest(article, at, version=None, **fields) -> Version:
    """The newest version, read here where it is not given, into the row. From here on its address is a decision,
    not computed from the title."""
    version = version or newest(article) or _add_version(article, snapshot.take(article), None, by=None, at=at)
    snapshot.put(snapshot.content_of(version, article), article)
    version.content["slug"] = article.slug
    _show(version, **fields)
    version.save()
    return version


def scheduled_version(article) -> Version:
    """The version that was scheduled."""
    event = article.events.filter(kind=Kind.SCHEDULED, version__isnull=False).select_related("version").first()
    return event.version if event else (newest(article) or _put_newest(article, article.updated_at))


def go_live(article, kind, *, by, at, note="", newest_version=None):
    if article.published_at is None or article.published_at > at:
        article.published_at = at
    if article.unpublish_at and article.unpublish_at <= at:
        article.unpublish_at = None
    _show(article, status=Status.PUBLISHED, **NO_EDIT)
    version = _put_newest(article, at, newest_version, went_live=at)
    return note_step(article, kind, by=by, note=note, at=at, version=version)


def _approval(article, by, at) -> dict:
    """Approving somebody else's text is a review of it."""
    return _review(by, at) if by is not None and by.pk != article.author_id else {}


def _review(by, at) -> dict:
    day = timezone.localdate(at)
    return {"reviewer": by, "reviewed_on": day, "review_by": day + REVIEW_EVERY}


def _demand_accepted_sources(article, version):
    permissions.demand_accepted_sources(snapshot.content_of(version, article))


@collected()
def mark_reviewed(article, *, by, note="", at=None):
    """Somebody other than its author read the public text again and it still holds."""
    at = at or timezone.now()
    permissions.demand_publisher(by)
    if by is not None and by.pk == article.author_id:
        raise permissions.NotAllowed("自己写的文章要由另一个人审核。")
    _set(article, **_review(by, at))
    return note_step(article, Kind.REVIEWED, by=by, note=note, at=at)


@collected()
def archive(article, *, by, note="", at=None):
    at = at or timezone.now()
    permissions.demand_publisher(by)
    if article.status == Status.ARCHIVED:
        raise permissions.NotAllowed("已经归档了。")
    _show(article, status=Status.ARCHIVED, **NO_EDIT)
    article.save()
    return note_step(article, Kind.ARCHIVED, by=by, note=note, at=at)


@collected()
def discard(article, *, by, note="", at=None):
    """Give up the working copy; it stays in the history."""
    at = at or timezone.now()
    if not article.edit_status:
        raise permissions.NotAllowed("没有修改稿。")
    _add_version(article, snapshot.take(article), newest(article), by=by, reason="放弃修改，回到线上的文字", at=at)
    _set(article, **NO_EDIT)
    return note_step(article, Kind.DISCARDED, by=by, note=note, at=at)


def restore(article, version, *, by, reason="", at=None) -> Version:
    """An earlier version becomes the newest one again, with its tags, sources and choices."""
    reason = reason or f"恢复第 {version.number} 版"
    return save(article, snapshot.content_of(version, article), by=by, reason=reason, at=at)
