from app.services.score_application import ScoreApplication, score_application
from app.services.steps.customer_scores import scores_of
from app.services.steps.ids import new_id


def test_a_score_made_again_takes_the_place_of_the_first(desk, submitted):
    score_application(ScoreApplication(new_id(desk), submitted.application_id), desk)
    with desk.open_book() as book:
        application = book.applications.get(412, submitted.application_id)
        customer = book.customers.get(412, application.customer_id)
        rows = book.applications.of_customer(412, customer.customer_id)
        scores = scores_of(book, customer, rows)
        newest = book.applications.assessment(412, application.assessment_id)
    standing = [each for each in scores if not each.replaced]
    assert len(scores) == 2
    assert [each.at for each in standing] == [newest.assessed_at]
    assert {each.model_id for each in scores} == {newest.model_id}
    assert {each.reference for each in scores} == {submitted.reference}
