"""Many reports in one."""
