"""The capability that proves who wrote a reply: a secret of 256 bits, of which the database holds a digest only.

Whoever holds the secret is the writer; a typed name or e-mail address proves nothing. It travels in the passport's
address. Each reply has its own, unless its writer gives the link of an earlier one: then they are one writer's history.
"""

import hashlib
import re

SECRET = re.compile(r"[\w-]{43}", re.ASCII)


def digest_of(secret: str) -> str:
    """What the database keeps of a capability; blank for what is none.

    A plain digest: a guess at 256 random bits is hopeless, and the site's key may change without locking writers out.
    """
    return hashlib.sha256(secret.encode()).hexdigest() if SECRET.fullmatch(secret) else ""
