"""The one door out: from a metric, a selection and a snapshot to an answer."""
