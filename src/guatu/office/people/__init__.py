"""People and bodies: sessions and passwords, sign-on elsewhere, the dated tree of bodies, handing down to towns."""
