"""A Java class that Spark's package lacks, written as the bytes that a compiler would write."""

import struct
from pathlib import Path

MISSING = "org/apache/hadoop/hive/llap/security/LlapSigner$Signable"
"""An interface of Hive that no query needs, but whose absence stops the Thrift Server.

A session that is closed may make Hive list its functions, one of which names this interface
(SPARK-51041 mends the same in Spark's own tests). Without it that session ends in an error, and
every later one waits for ever.
"""

OBJECT = "java/lang/Object"
JAVA_8 = 52
PUBLIC_INTERFACE = 0x0001 | 0x0200 | 0x0400
UTF8, CLASS = 1, 7


def write_missing_class(folder: Path) -> Path:
    """Write the interface below `folder`, which then belongs on the class path; return `folder`."""
    path = folder / f"{MISSING}.class"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(empty_interface(MISSING))
    return folder


def empty_interface(name: str) -> bytes:
    """Bytes of an interface without members (Java Virtual Machine Specification, chapter 4).

    `name` is a full name with slashes, in ASCII.
    """
    texts = [struct.pack(">BH", UTF8, len(text)) + text.encode() for text in (name, OBJECT)]
    constants = [texts[0], struct.pack(">BH", CLASS, 1), texts[1], struct.pack(">BH", CLASS, 3)]
    return b"".join(
        [
            struct.pack(">IHHH", 0xCAFEBABE, 0, JAVA_8, len(constants) + 1),
            *constants,
            # Access, this class, its parent; no interfaces, fields, methods or attributes.
            struct.pack(">HHHHHHH", PUBLIC_INTERFACE, 2, 4, 0, 0, 0, 0),
        ]
    )
