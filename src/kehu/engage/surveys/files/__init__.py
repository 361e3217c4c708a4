"""Answers as files of variables: SPSS and CSV out, SPSS in."""
