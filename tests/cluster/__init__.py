"""The parts of a big site, all on loopback: what `make run-cluster` starts and the tests of both databases use."""
