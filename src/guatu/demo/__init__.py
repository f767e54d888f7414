"""A made-up workspace to look at; every screen and report of it says 演示数据，非实测."""
