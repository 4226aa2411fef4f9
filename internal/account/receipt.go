package account

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// DeletionReceipt is what is handed out of an erasure. It names nobody (ADR 40).
type DeletionReceipt struct {
	// ID is that of the erasure's event in the audit trail, which the trail keeps under AccountID.
	ID          string    `json:"id"`
	AccountID   string    `json:"accountId"`
	RequestedAt time.Time `json:"requestedAt"`
	ErasedAt    time.Time `json:"erasedAt"`
	// Tables has the tables of which rows were deleted.
	Tables []models.DeletedRows `json:"tables"`
	// IdentityProviders are those that were linked, sorted: with some of them the shop has to end the link, too.
	IdentityProviders []models.IdentityProvider `json:"identityProviders"`
	// JWS is the receipt without this field, signed: a JWS in compact form (RFC 7515). It is "" in what is signed.
	JWS string `json:"jws,omitempty"`
}

// receiptType is the "typ" of a receipt's header: nothing else that the key signs is taken for a receipt.
const receiptType = "deletion-receipt"

// receiptHeader is the protected header of a receipt.
type receiptHeader struct {
	Algorithm string `json:"alg"`
	Type      string `json:"typ"`
	Key       string `json:"kid"`
}

// sign sets JWS.
func (r *DeletionReceipt) sign(key SigningKey) error {
	header, err := json.Marshal(receiptHeader{"EdDSA", receiptType, key.ID})
	if err != nil {
		return fmt.Errorf("header of a receipt: %w", err)
	}
	payload, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("receipt: %w", err)
	}

	encode := base64.RawURLEncoding.EncodeToString
	text := encode(header) + "." + encode(payload)
	r.JWS = text + "." + encode(key.Sign([]byte(text)).Value)

	return nil
}

// eventData returns the data of the webhook event.
func (r *DeletionReceipt) eventData() eventData {
	return eventData{"identityProviders": r.IdentityProviders, "receipt": r.JWS}
}

// Records reports whether the event is that of the receipt's erasure.
func (r *DeletionReceipt) Records(event *models.AuditEvent) bool {
	row := operationByName[OperationName(event.Operation)]
	erases := row.Event == models.EventAccountDeleted || slices.Contains(row.ConditionalEvents, models.EventAccountDeleted)

	return erases && event.Outcome == models.OutcomeSuccess && event.ID == r.ID && event.AccountID == r.AccountID &&
		event.At.Equal(r.ErasedAt)
}

// ReadReceipt reads a receipt, in compact form with or without white space in it, as mail programs add it. It returns
// an error unless one of the keys has signed it.
func ReadReceipt(text string, keys map[string][]byte) (*DeletionReceipt, error) {
	parts := strings.Split(strings.Join(strings.Fields(text), ""), ".")
	if len(parts) != 3 {
		return nil, errors.New("it is no JWS in compact form")
	}

	var decoded [3][]byte
	for i, part := range parts {
		var err error
		if decoded[i], err = base64.RawURLEncoding.Strict().DecodeString(part); err != nil {
			return nil, errors.New("it is no JWS in compact form")
		}
	}

	var header receiptHeader
	if err := json.Unmarshal(decoded[0], &header); err != nil || header.Type != receiptType || header.Algorithm != "EdDSA" {
		return nil, errors.New("it is no receipt of a deletion")
	}

	key, known := keys[header.Key]
	// guard: a receipt is signed
	if !known || !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), decoded[2]) {
		return nil, errors.New("it was changed, or is of another database: none of the keys has signed it")
	}

	var receipt DeletionReceipt
	if err := json.Unmarshal(decoded[1], &receipt); err != nil {
		return nil, fmt.Errorf("it can't be read: %w", err)
	}

	return &receipt, nil
}
