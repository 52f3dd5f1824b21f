"""What the native API takes: a file per resource. Unknown keys are refused, so that none is silently lost."""
