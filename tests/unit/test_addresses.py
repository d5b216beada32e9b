"""Published ids: the two files, and what is said of an id that is no longer where it was given out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st

from permalink.addresses import Addresses, check_addresses
from permalink.moved import Change, Fate, MovedError, fate, parse_moved
from permalink.published import Published, PublishedError, format_published, parse_published, published_with
from permalink.redirects import final_page, good_redirects

OLD = (Published("nengli", "chapters/nengli", "2026年版"), Published("q.xuexi", "chapters/nengli", "2026年版"))


def check(current: Mapping[str, str], *changes: Change, redirects: Mapping[str, str] | None = None) -> Addresses:
    pages = {*current.values(), "chapters/nengli"} - set(redirects or {})
    return check_addresses(OLD, changes, current, pages, lambda page: (redirects or {}).get(page, page))


def test_nothing_is_wrong_while_every_id_is_where_it_was() -> None:
    outcome = check({"nengli": "chapters/nengli", "q.xuexi": "chapters/nengli", "new": "chapters/new"})
    assert outcome == Addresses((), {})


def test_a_lost_id_is_told_with_the_nearest() -> None:
    (problem,) = check({"nengli": "chapters/nengli", "q.xuexi2": "chapters/nengli"}).problems
    assert problem.id == "q.xuexi"
    assert "“q.xuexi”已经发布（2026年版，chapters/nengli）" in problem.message
    assert "q.xuexi2" in problem.message and "[[withdrawn]]" in problem.message


def test_an_id_on_another_page_must_be_recorded() -> None:
    current = {"nengli": "chapters/nengli", "q.xuexi": "chapters/suzhi"}
    (problem,) = check(current).problems
    assert "搬到了 chapters/suzhi" in problem.message and 'from = "chapters/nengli"' in problem.message
    outcome = check(current, Change("q.xuexi", "q.xuexi", "2027-03-01", "chapters/nengli"))
    assert outcome.problems == ()
    ((page, (leftover,)),) = outcome.leftovers.items()
    assert (page, leftover.id, leftover.target) == ("chapters/nengli", "q.xuexi", "q.xuexi")


def test_a_record_of_one_move_does_not_excuse_the_next() -> None:
    published = (*OLD, Published("q.xuexi", "chapters/suzhi", "2027年版"))
    current = {"nengli": "chapters/nengli", "q.xuexi": "chapters/zuofeng"}
    first = Change("q.xuexi", "q.xuexi", "2027-03-01", "chapters/nengli")
    pages = {"chapters/nengli", "chapters/suzhi", "chapters/zuofeng"}
    (problem,) = check_addresses(published, [first], current, pages, lambda page: page).problems
    assert "原来在 chapters/suzhi" in problem.message
    second = Change("q.xuexi", "q.xuexi", "2028-03-01", "chapters/suzhi")
    outcome = check_addresses(published, [first, second], current, pages, lambda page: page)
    assert outcome.problems == ()
    assert {page: items[0].change.on for page, items in outcome.leftovers.items()} == {
        "chapters/nengli": "2027-03-01",
        "chapters/suzhi": "2028-03-01",
    }


def test_a_renamed_id_leads_on_through_several_changes() -> None:
    changes = (Change("q.xuexi", "q.b", "2027-01-01"), Change("q.b", "q.c", "2028-01-01"))
    published = (*OLD, Published("q.b", "chapters/nengli", "2027年版"))
    current = {"nengli": "chapters/nengli", "q.c": "chapters/suzhi"}
    outcome = check_addresses(published, changes, current, {"chapters/nengli", "chapters/suzhi"}, lambda page: page)
    assert outcome.problems == ()
    assert [item.target for item in outcome.leftovers["chapters/nengli"]] == ["q.c", "q.c"]


def test_what_was_renamed_and_then_withdrawn_is_withdrawn() -> None:
    changes = (Change("q.xuexi", "q.b", "2027-01-01"), Change("q.b", "", "2028-01-01", withdrawn=True))
    assert fate("q.xuexi", changes, {"c": "x"}) == Fate(withdrawn=changes[1])
    published = (*OLD, Published("q.b", "chapters/nengli", "2027年版"))
    outcome = check_addresses(published, changes, {"nengli": "chapters/nengli"}, {"chapters/nengli"}, lambda page: page)
    assert outcome.problems == ()


def test_changes_that_go_in_a_circle_lead_nowhere() -> None:
    changes = (Change("nengli", "q.xuexi", "2027-01-01"), Change("q.xuexi", "nengli", "2027-01-01"))
    assert fate("nengli", changes, {"c": "x"}) == Fate(dangling=True)
    outcome = check({"c": "chapters/nengli"}, *changes)
    assert len(outcome.problems) == 2
    assert all("不要互相指来指去" in problem.message for problem in outcome.problems)


def test_a_change_must_lead_to_something() -> None:
    (problem,) = check({"nengli": "chapters/nengli"}, Change("q.xuexi", "q.nowhere", "2027-01-01")).problems
    assert "“q.nowhere”" in problem.message


def test_what_was_withdrawn_needs_nothing_in_its_place() -> None:
    outcome = check({"nengli": "chapters/nengli"}, Change("q.xuexi", "", "2027-01-01", withdrawn=True))
    assert outcome.problems == ()
    assert outcome.leftovers["chapters/nengli"][0].target == ""


def test_a_withdrawn_id_is_not_given_to_something_else() -> None:
    current = {"nengli": "chapters/nengli", "q.xuexi": "chapters/nengli"}
    (problem,) = check(current, Change("q.xuexi", "", "2027-01-01", withdrawn=True)).problems
    assert "书里却又有这个编号" in problem.message


def test_a_change_of_an_id_that_was_never_given_out_is_a_slip() -> None:
    current = {"nengli": "chapters/nengli", "q.xuexi": "chapters/nengli"}
    (problem,) = check(current, Change("q.xuex", "q.b", "2027-01-01")).problems
    assert "没有发布过" in problem.message and "q.xuexi" in problem.message


def test_a_page_that_is_gone_needs_a_redirect() -> None:
    current = {"nengli": "chapters/ability", "q.xuexi": "chapters/ability"}
    gone = check_addresses(OLD, (), current, {"chapters/ability"}, lambda page: page)
    assert len(gone.problems) == 2
    assert all("redirects" in problem.message for problem in gone.problems)
    assert check(current, redirects={"chapters/nengli": "chapters/ability"}) == Addresses((), {})


PAGES = {"index", "chapters/skills", "chapters/position"}


@pytest.mark.parametrize(
    ("redirects", "told"),
    [
        ({"chapters/ability": "skills"}, "以 .html 结尾"),
        ({"chapters/ability": "skills.html#doing"}, "以 .html 结尾"),
        ({"chapters/ability": "nowhere.html"}, "不存在"),
        ({"chapters/ability": "ability.html"}, "不存在"),
        ({"chapters/a": "b.html", "chapters/b": "a.html"}, "不存在"),
        ({"chapters/skills": "position.html"}, "盖掉"),
        ({"chapters/a*": "position.html"}, "通配符"),
        ({"chapters/ability.html": "position.html"}, "不带 .html"),
        ({"chapters/ability/": "position.html"}, "多余的斜线"),
        ({"chapters/./skills": "position.html"}, "多余的斜线"),
        ({"chapters//skills": "position.html"}, "多余的斜线"),
        ({"chapters/ability": 1}, "应当写成"),
        (["chapters/ability"], "应当写成"),
    ],
)
def test_a_redirect_that_leads_nowhere_or_covers_a_page_is_not_written(redirects: object, told: str) -> None:
    good, problems = good_redirects(redirects, PAGES)
    assert good == {}
    assert problems and all(told in problem for problem in problems)


def test_redirects_are_followed_one_after_another() -> None:
    redirects = {"a": "chapters/b.html", "chapters/b": "../chapters/skills.html", "old": "/index.html"}
    assert good_redirects(redirects, PAGES) == (redirects, [])
    assert [final_page(page, redirects) for page in ("a", "chapters/b", "old", "index")] == [
        "chapters/skills",
        "chapters/skills",
        "index",
        "index",
    ]


NAMES = st.from_regex(r"[a-z0-9]{1,6}([.-][a-z0-9]{1,6}){0,2}", fullmatch=True)
ENTRIES = st.builds(Published, NAMES, st.sampled_from(["index", "chapters/a", "genindex"]), st.just("2026年版"))


@given(st.lists(ENTRIES), st.dictionaries(NAMES, st.sampled_from(["index", "chapters/b"])))
def test_the_file_is_read_as_it_was_written_and_only_grows(old: list[Published], current: dict[str, str]) -> None:
    text = format_published(old)
    assert parse_published(text) == tuple(sorted(set(old)))
    grown = published_with(parse_published(text), current, "2027年版")
    assert set(old) <= set(grown)
    assert {(entry.id, entry.page) for entry in grown} == {(e.id, e.page) for e in old} | set(current.items())
    assert published_with(grown, current, "2028年版") == grown


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("nengli\tchapters/nengli\n", "三项"),
        ("能力\tchapters/nengli\t2026年版\n", "三项"),
        ("<<<<<<< HEAD\n", "合并冲突"),
        ("nengli\r", "三项"),
    ],
)
def test_a_bad_line_is_named(source: str, told: str) -> None:
    with pytest.raises(PublishedError, match=rf"published-ids.txt:2: .*{told}"):
        parse_published(f"# 说明\n{source}")


def test_moved_ids_are_read() -> None:
    changes = parse_moved(
        '[[moved]]\nid = "a"\nfrom = "chapters/x"\non = "2027-03-01"\n[[moved]]\nid = "b"\nto = "c"\non = 2027-03-02\n'
        '[[withdrawn]]\nid = "q.d"\non = "2027-03-03"\nreplaced_by = "q.e"\nreason = "换过"\n'
    )
    assert changes == (
        Change("a", "a", "2027-03-01", "chapters/x"),
        Change("b", "c", "2027-03-02"),
        Change("q.d", "q.e", "2027-03-03", withdrawn=True, reason="换过"),
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("[[moved]]\n", "缺少 id"),
        ('[[moved]]\nid = "a"\n', "缺少 on"),
        ('[[moved]]\nid = "a"\non = "明天"\n', "不是日期"),
        ('[[moved]]\nid = "a"\non = "2027-02-30"\n', "不是日期"),
        ('[[moved]]\nid = "能力"\non = "2027-03-01"\n', "不是永久编号"),
        ('[[moved]]\nid = "a"\non = "2027-03-01"\nnew = "b"\n', "不认识的键 new"),
        ('[[move]]\nid = "a"\n', "不认识的表"),
        ('[moved]\nid = "a"\n', "一节一条"),
        ('[[moved]]\nid = "a"\nto = "b"\non = "2027-03-01"\n' * 2, "写了两次"),
        ('[[moved]]\nid = "a"\nfrom = "x"\non = "2027-03-01"\n' * 2, "写了两次"),
        ('[[moved]]\nid = "a"\nto = "b"\non = "2027-03-01"\n[[withdrawn]]\nid = "a"\non = "2027-03-01"\n', "写了两次"),
        ('[[moved]]\nid = "a"\non = "2027-03-01"\n', "写明原来在哪一页"),
        ('[[moved]]\nid = "a"\nto = 0\non = "2027-03-01"\n', "不是永久编号"),
        ('[[moved]]\nid = ""\nto = "b"\non = "2027-03-01"\n', "不是永久编号"),
        ("[[moved]\n", "不是合法的 TOML"),
        ('[[withdrawn]]\nid = "a"\non = "2027-03-01"\nreason = 1\n', "reason 不是文字"),
    ],
)
def test_what_is_wrong_in_moved_ids_is_named(source: str, told: str) -> None:
    with pytest.raises(MovedError, match=told):
        parse_moved(source)
