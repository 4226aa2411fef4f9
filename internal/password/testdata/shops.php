<?php
// Prints hashes as WordPress, Magento 2, OpenMage and Drupal make them, by PHP's own functions and libsodium.
// foreign_test.go has what it printed: php shops.php

$trees = 'Grüße, 12 Bäume';
$quotes = " it's a \"back\\slash\" ";
const SALT = 'abcdefgh';

// phpass: the portable hash of WordPress before 6.8 (md5), and of Drupal 7 to 10 (sha512).
function crypt64(string $bytes): string
{
    $digits = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $text = '';
    foreach (str_split($bytes, 3) as $group) {
        $value = 0;
        foreach (str_split($group) as $i => $byte) {
            $value |= ord($byte) << (8 * $i);
        }
        for ($i = 0; $i <= strlen($group); $i++) {
            $text .= $digits[($value >> (6 * $i)) & 63];
        }
    }
    return $text;
}

function phpass(string $algorithm, string $password, int $log2): string
{
    $digits = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $hash = hash($algorithm, SALT . $password, true);
    for ($i = 0; $i < 1 << $log2; $i++) {
        $hash = hash($algorithm, $hash . $password, true);
    }
    $begin = $algorithm === 'md5' ? '$P$' : '$S$';
    return substr($begin . $digits[$log2] . SALT . crypt64($hash), 0, $algorithm === 'md5' ? 34 : 55);
}

function bcrypt(string $text): string
{
    return password_hash($text, PASSWORD_BCRYPT, ['cost' => 4]);
}

// WordPress hashes what PHP's magic quotes made of the password, without the space around it.
$slashed = addslashes($quotes);
print("WordPress, \$P\$        " . phpass('md5', trim($slashed), 8) . "\n");
print("WordPress, \$wp\$       \$wp" . bcrypt(base64_encode(hash_hmac('sha384', trim($slashed), 'wp-sha384', true))) . "\n");
print("WordPress, \$2y\$       " . bcrypt(trim($slashed)) . "\n");
print("WordPress, MD5        " . md5(trim($slashed)) . "\n");
print("WordPress, argon2id   " . password_hash(trim($slashed), PASSWORD_ARGON2ID, ['memory_cost' => 256, 'time_cost' => 1, 'threads' => 1]) . "\n");
print("WordPress, as typed   " . phpass('md5', trim($quotes), 8) . "\n");
print("bcrypt, as typed      " . bcrypt($quotes) . "\n");

// Magento 2: the hash, the salt, and every version that the hash went through.
function argon(string $text, string $salt, int $operations, int $memory): string
{
    $salt = substr(str_pad($salt, SODIUM_CRYPTO_PWHASH_SALTBYTES, $salt), 0, SODIUM_CRYPTO_PWHASH_SALTBYTES);
    return bin2hex(sodium_crypto_pwhash(32, $text, $salt, $operations, $memory, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13));
}

$salt = 'Nw8XqYUPtuJ2ZWzv1bIuYxqKrTgM7dHe';
$md5 = md5($salt . $trees);
print("Magento 2, 0          $md5:$salt:0\n");
print("Magento 2, 1          " . hash('sha256', $salt . $trees) . ":$salt:1\n");
print("Magento 2, 2          " . argon($trees, $salt, 2, 67108864) . ":$salt:2\n");
print("Magento 2, 3          " . argon($trees, $salt, 1, 262144) . ":$salt:3_32_1_262144\n");
print("Magento 2, short salt " . argon($trees, 'ab', 1, 262144) . ":ab:3_32_1_262144\n");
print("Magento 2, 0:1        " . hash('sha256', $salt . $md5) . ":$salt:0:1\n");
print("Magento 2, 1:3        " . argon(hash('sha256', $salt . $trees), $salt, 1, 262144) . ":$salt:1:3_32_1_262144\n");
print("Magento 2, 0:1:3      " . argon(hash('sha256', $salt . $md5), $salt, 1, 262144) . ":$salt:0:1:3_32_1_262144\n");

print("OpenMage, MD5         " . md5('Xy' . $trees) . ":Xy\n");
print("OpenMage, SHA-256     " . hash('sha256', $salt . $trees) . ":$salt\n");
print("OpenMage, SHA-512     " . hash('sha512', $salt . $trees) . ":$salt\n");
print("OpenMage, bcrypt      " . bcrypt($trees) . "\n");

print("Drupal                " . phpass('sha512', $trees, 7) . "\n");
print("Drupal, of MD5        U" . phpass('sha512', md5($trees), 7) . "\n");
print("Drupal, phpBB's       U" . phpass('md5', md5($trees), 7) . "\n");
print("Drupal, \$2y\$          " . bcrypt($trees) . "\n");
