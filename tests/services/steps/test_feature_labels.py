from app.services.steps.feature_labels import FEATURE_LABELS
from ml.features import FEATURE_NAMES


def test_labels_are_those_of_the_features_and_differ():
    assert tuple(FEATURE_LABELS) == FEATURE_NAMES
    assert len(set(FEATURE_LABELS.values())) == len(FEATURE_NAMES)
    assert not any("_" in label for label in FEATURE_LABELS.values())
