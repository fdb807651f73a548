"""Calibration of a station and tests of a device."""
