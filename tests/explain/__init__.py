"""The examination of `regdoctor explain` with texts that its author did not choose."""
