# Prints hashes as Spring Security's encoders make them, by Python's hashlib over OpenSSL.
# foreign_test.go has what it printed: python3 spring.py
import base64
import hashlib

trees = "Grüße, 12 Bäume".encode()


def b64(data):
    return base64.b64encode(data).decode()


salt8, salt16, salt64 = bytes(range(8)), bytes(range(16)), bytes(range(64))
print("pbkdf2                {pbkdf2}" + (salt8 + hashlib.pbkdf2_hmac("sha1", trees, salt8, 185_000, 32)).hex())
print("pbkdf2, 5.8           {pbkdf2@SpringSecurity_v5_8}" + (salt16 + hashlib.pbkdf2_hmac("sha256", trees, salt16, 310_000, 32)).hex())
key = hashlib.scrypt(trees, salt=salt64, n=2**14, r=8, p=1, dklen=32, maxmem=2**27)
print("scrypt                {scrypt}$e0801$" + b64(salt64) + "$" + b64(key))
key = hashlib.scrypt(trees, salt=salt16, n=2**16, r=8, p=1, dklen=32, maxmem=2**27)
print("scrypt, 5.8           {scrypt@SpringSecurity_v5_8}$100801$" + b64(salt16) + "$" + b64(key))
digest = salt8 + trees
for _ in range(1024):
    digest = hashlib.sha256(digest).digest()
print("sha256                {sha256}" + (salt8 + digest).hex())
