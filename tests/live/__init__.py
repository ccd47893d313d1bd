"""Whole diagnoses over real sockets, the real registry and the real Engine: causes provoked, not played."""
