"""An article that cites a proposed document is written and submitted, and published once the document is accepted."""

import pytest

from articles.workflow import permissions, snapshot, steps
from calculators.models import PolicyDocument
from tests.articles.workflow.factories import LATER, NOW, seen


@pytest.fixture
def proposal():
    return PolicyDocument.objects.create(slug="proposed", title="示例：通知", grade="K", is_proposal=True)


@pytest.fixture
def citing(article, author, proposal):
    content = snapshot.take(article) | {"sources": [{"document": proposal.pk, "clause": "第二条"}]}
    steps.save(article, content, by=author, at=NOW)
    steps.submit(article, by=author, at=NOW)
    return article


STEPS = {
    "publish": lambda article, by: steps.publish(article, by=by, at=NOW),
    "schedule": lambda article, by: steps.schedule(article, LATER, by=by, at=NOW),
}


@pytest.mark.parametrize("step", STEPS)
def test_an_article_with_a_proposed_source_is_published_only_after_it_is_accepted(citing, chief, proposal, step):
    with pytest.raises(permissions.NotAllowed, match="《示例：通知》还在等政策管理员采用"):
        STEPS[step](citing, chief)
    assert not seen(citing).is_public(LATER)

    proposal.is_proposal = False
    proposal.save()
    STEPS[step](citing, chief)
    assert seen(citing).is_public(LATER)
