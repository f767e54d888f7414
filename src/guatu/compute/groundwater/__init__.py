"""Groundwater: samples, points, and the share of class Ⅴ, by GB/T 14848-2017."""

from guatu.compute.groundwater.points import class_v, year
from guatu.compute.groundwater.samples import doubts, limits, one_class, sample_class

__all__ = ["class_v", "doubts", "limits", "one_class", "sample_class", "year"]
