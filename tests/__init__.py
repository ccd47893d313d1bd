"""The tests of regdoctor; `tests.lab` holds the real and the broken peers that they run against."""
