"""An example of an app of one's own: a field, a worklist entry, a public page and a calculator, and nothing of ours touched."""
