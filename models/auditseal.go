package models

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"strconv"
	"time"
)

const (
	// sealOfCommitments is the version of a hash that covers commitments to IP, UserAgent and AuthID, which can therefore
	// be blanked (R-DAT4). Version 1, which programs that know no commitments write, covers the values themselves.
	sealOfCommitments = 2
	// commitmentsLabel begins what a hash of sealOfCommitments covers. One of version 1 begins with a hash.
	commitmentsLabel = "commitments"
)

// saltSize is in bytes: a commitment without its salt can't be guessed, although there are few client addresses.
const saltSize = 16

// Commit makes the commitments that the event's hash will cover.
func (e *AuditEvent) Commit() {
	e.SealVersion = sealOfCommitments
	e.ClientSalt, e.ClientCommitment, e.AuthSalt, e.AuthCommitment = nil, nil, nil, nil
	if e.IP != "" || e.UserAgent != "" {
		e.ClientSalt, e.ClientCommitment = commitTo(e.IP, e.UserAgent)
	}
	if e.AuthID != "" {
		e.AuthSalt, e.AuthCommitment = commitTo(e.AuthID, "")
	}
}

// Committed reports whether the event's hash covers commitments.
func (e *AuditEvent) Committed() bool { return e.SealVersion == sealOfCommitments }

// Blanked reports whether values of the event were blanked.
func (e *AuditEvent) Blanked() bool {
	return len(e.ClientCommitment) > 0 && len(e.ClientSalt) == 0 || len(e.AuthCommitment) > 0 && len(e.AuthSalt) == 0
}

// Genuine reports whether the event is as it was recorded after the event with the previous hash, but for values that
// were blanked.
func (e *AuditEvent) Genuine(previous []byte) bool {
	if !bytes.Equal(e.Hash, e.Seal(previous)) {
		return false
	}

	// guard: the trail's values are those that were committed to
	return !e.Committed() || opens(e.ClientCommitment, e.ClientSalt, e.IP, e.UserAgent) &&
		opens(e.AuthCommitment, e.AuthSalt, e.AuthID, "")
}

// opens reports whether a commitment was made of the values. Values without a salt were blanked, or never there.
func opens(commitment, salt []byte, first, second string) bool {
	if len(salt) == 0 {
		return first == "" && second == ""
	}
	sum := commitmentOf(salt, first, second)

	return bytes.Equal(commitment, sum[:])
}

// commitTo returns a new salt and the commitment to two values.
func commitTo(first, second string) (salt, commitment []byte) {
	both := make([]byte, saltSize, saltSize+sha256.Size) // one piece of memory, because every mutation makes one
	_, _ = rand.Read(both)                               // never fails: it would end the process instead
	sum := commitmentOf(both, first, second)

	return both, append(both, sum[:]...)[saltSize:]
}

// commitmentOf is the SHA-256 of a salt and two values, with the length of each.
func commitmentOf(salt []byte, first, second string) [sha256.Size]byte {
	var room [256]byte // most values are shorter
	return sha256.Sum256(appendPart(appendPart(append(room[:0], salt...), first), second))
}

// Seal returns the event's hash, given the hash of the previous event. It is the SHA-256 of both, with the length
// of each part, so that no two events have the same encoding.
func (e *AuditEvent) Seal(previous []byte) []byte {
	var room [1024]byte // most events are shorter
	sealed := room[:0]
	if e.Committed() {
		sealed = appendPart(sealed, commitmentsLabel)
	}

	sealed = appendPart(appendBytes(sealed, previous), e.Chain)
	sealed = appendPart(sealed, strconv.Itoa(e.Number))
	for _, part := range [...]string{
		e.ID, e.AccountID, e.Operation, string(e.Outcome), string(e.Code), e.APIKeyID, e.SessionID,
	} {
		sealed = appendPart(sealed, part)
	}

	if e.Committed() {
		sealed = appendBytes(appendBytes(sealed, e.AuthCommitment), e.ClientCommitment)
	} else {
		sealed = appendPart(appendPart(appendPart(sealed, e.AuthID), e.IP), e.UserAgent)
	}

	var at [len(time.RFC3339Nano)]byte
	sealed = appendBytes(appendPart(sealed, e.RequestID), e.At.UTC().AppendFormat(at[:0], time.RFC3339Nano))
	// Of values, Operator and Reason are parts of an operator's event only, so that the hashes of all other events are
	// those of versions that had neither.
	if e.Operator != "" || e.Reason != "" { // guard: the trail holds who acted, and why
		sealed = appendPart(appendPart(sealed, e.Operator), e.Reason)
	}

	sum := sha256.Sum256(sealed)

	return sum[:]
}

func appendPart(sealed []byte, part string) []byte {
	return append(append(strconv.AppendInt(sealed, int64(len(part)), 10), ':'), part...)
}

func appendBytes(sealed, part []byte) []byte {
	return append(append(strconv.AppendInt(sealed, int64(len(part)), 10), ':'), part...)
}

// AuditHead is the newest event of a chain.
type AuditHead struct {
	Chain  string
	Number int
	Hash   []byte
	At     time.Time
}

// AuditCheck says with what the audit trail is compared.
type AuditCheck struct {
	// Anchor has the newest event that each chain had earlier, or nothing.
	Anchor []AuditHead
	// Cutoff is the time before which events may have ended (--retain-audit); zero if none may.
	Cutoff time.Time
}

// AuditSummary counts what was verified.
type AuditSummary struct {
	Events, Chains int
	// Blanked counts the events of which a value was blanked, and Ended those that are gone.
	Blanked, Ended int
	// Uncommitted counts the events whose hashes cover no commitments yet.
	Uncommitted int
}

// Add adds another summary.
func (s *AuditSummary) Add(other AuditSummary) {
	s.Events += other.Events
	s.Chains += other.Chains
	s.Blanked += other.Blanked
	s.Ended += other.Ended
	s.Uncommitted += other.Uncommitted
}
