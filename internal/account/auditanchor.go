package account

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/accountql/accountql/models"
)

// anchorFormat names the format of an anchor, and begins what is signed.
const anchorFormat = "accountql audit heads 1"

// anchorLine is a line of an anchor: its first one, the head of a chain, or its last one. Root is the SHA-256 of all
// lines before the last one, and what is signed.
type anchorLine struct {
	Format    string     `json:"format,omitempty"`
	Chain     string     `json:"chain,omitempty"`
	Number    int        `json:"number,omitempty"`
	Hash      string     `json:"hash,omitempty"`
	At        *time.Time `json:"at,omitempty"`
	Chains    *int       `json:"chains,omitempty"`
	Root      string     `json:"root,omitempty"`
	Key       string     `json:"key,omitempty"`
	PublicKey string     `json:"publicKey,omitempty"`
	Signature string     `json:"signature,omitempty"`
}

// AnchorWriter writes the anchor of an audit trail: the newest event of each chain, a line each, and a signed root over
// all (R-DAT5). Without its last line it is no anchor.
type AnchorWriter struct {
	to     *bufio.Writer
	hash   hash.Hash
	chains int
}

// AnchorSeal is the last line of an anchor.
type AnchorSeal struct {
	Chains int
	// Root is in hexadecimal digits.
	Root string
	Signature
}

// NewAnchorWriter begins an anchor.
func NewAnchorWriter(to io.Writer, at time.Time) (*AnchorWriter, error) {
	root := sha256.New()
	w := &AnchorWriter{to: bufio.NewWriter(io.MultiWriter(to, root)), hash: root}
	at = at.UTC()

	return w, w.write(anchorLine{Format: anchorFormat, At: &at})
}

func (w *AnchorWriter) write(line anchorLine) error {
	text, err := json.Marshal(line)
	if err == nil {
		_, err = w.to.Write(append(text, '\n'))
	}
	return err
}

// Write writes the newest event of a chain.
func (w *AnchorWriter) Write(head models.AuditHead) error {
	at := head.At.UTC()
	w.chains++

	return w.write(anchorLine{Chain: head.Chain, Number: head.Number, Hash: hex.EncodeToString(head.Hash), At: &at})
}

// Close signs the anchor and ends it.
func (w *AnchorWriter) Close(key SigningKey) (seal AnchorSeal, err error) {
	if err := w.to.Flush(); err != nil {
		return seal, err
	}

	seal.Chains, seal.Root = w.chains, hex.EncodeToString(w.hash.Sum(nil))
	seal.Signature = key.Sign(anchorText(seal.Root))

	encode := base64.StdEncoding.EncodeToString
	if err := w.write(anchorLine{Chains: &seal.Chains, Root: seal.Root, Key: seal.Key,
		PublicKey: encode(seal.PublicKey), Signature: encode(seal.Value)}); err != nil {
		return seal, err
	}

	return seal, w.to.Flush()
}

// anchorText is what is signed.
func anchorText(root string) []byte { return []byte(anchorFormat + "\n" + root) }

// longestAnchorLine is in bytes.
const longestAnchorLine = 4096

// ReadAnchor reads an anchor. It returns an error unless it is whole, and signed by one of the keys.
func ReadAnchor(from io.Reader, keys map[string][]byte) (heads []models.AuditHead, seal AnchorSeal, err error) {
	root := sha256.New()
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, longestAnchorLine)
	for number := 1; lines.Scan(); number++ {
		var line anchorLine
		text := lines.Bytes()
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if decoder.Decode(&line) != nil || (number == 1) != (line.Format == anchorFormat) || seal.Root != "" {
			return nil, seal, fmt.Errorf("line %d is not one of an anchor", number)
		}

		switch {
		case number == 1:
		case line.Root != "":
			seal, err = readSeal(line)
		default:
			var head models.AuditHead
			if head, err = readHead(line); err == nil {
				heads = append(heads, head)
			}
		}
		if err != nil {
			return nil, seal, fmt.Errorf("line %d: %w", number, err)
		}

		if line.Root == "" {
			_, _ = root.Write(append(text, '\n')) // never fails
		}
	}
	if err := lines.Err(); err != nil {
		return nil, seal, err
	}

	return heads, seal, seal.check(hex.EncodeToString(root.Sum(nil)), len(heads), keys)
}

func readHead(line anchorLine) (models.AuditHead, error) {
	hash, err := hex.DecodeString(line.Hash)
	if err != nil || len(hash) != sha256.Size || line.Chain == "" || line.Number < 1 || line.At == nil {
		return models.AuditHead{}, errors.New("it is no head of a chain")
	}
	return models.AuditHead{Chain: line.Chain, Number: line.Number, Hash: hash, At: *line.At}, nil
}

func readSeal(line anchorLine) (AnchorSeal, error) {
	public, err := base64.StdEncoding.DecodeString(line.PublicKey)
	value, wrong := base64.StdEncoding.DecodeString(line.Signature)
	if err != nil || wrong != nil || line.Chains == nil || len(public) != ed25519.PublicKeySize {
		return AnchorSeal{}, errors.New("it is no seal")
	}
	return AnchorSeal{*line.Chains, line.Root, Signature{line.Key, public, value}}, nil
}

// check returns an error if the anchor is not as it was written.
func (s *AnchorSeal) check(root string, chains int, keys map[string][]byte) error {
	switch {
	case s.Root == "":
		return errors.New("it has no end")
	case s.Root != root || s.Chains != chains: // guard: an anchor is whole
		return errors.New("it was changed: its root is another one")
	case !bytes.Equal(keys[s.Key], s.PublicKey): // guard: an anchor has a key of this database
		return fmt.Errorf("its key %q is none of this database", s.Key)
	case !ed25519.Verify(s.PublicKey, anchorText(s.Root), s.Value): // guard: an anchor is signed
		return errors.New("it was changed: its signature is wrong")
	}

	return nil
}
