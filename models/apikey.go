package models

import (
	"slices"
	"strings"
	"time"
)

// Permission is what an API key may be allowed to do. The values are those of the source's schema, verbatim.
type Permission string

// The closed list of permissions (R-KEY2).
const (
	PermissionAccountRead    Permission = "API_PERSONAL_INFORMATION_CLIENT_READ"
	PermissionAccountUpdate  Permission = "API_PERSONAL_INFORMATION_CLIENT_UPDATE"
	PermissionPasswordChange Permission = "SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE"
	PermissionPasswordReset  Permission = "SAUTH_PASSWORD_RESET_CLIENT_CREATE"
	PermissionAccountDelete  Permission = "SAUTH_CLIENT_DELETE"
	PermissionEmailChange    Permission = "SAUTH_CHANGE_EMAIL_CLIENT_UPDATE"
	PermissionPhoneUpdate    Permission = "API_PERSONAL_PHONE_CLIENT_CREATE"
	PermissionRegister       Permission = "SAUTH_REGISTER_CLIENT_CREATE"
	PermissionSignIn         Permission = "SAUTH_LOGIN_CLIENT_CREATE"
	PermissionSignOut        Permission = "SAUTH_LOGOUT_CLIENT_CREATE"
	PermissionSessionRead    Permission = "API_SESSION_CLIENT_READ"
	PermissionDataExport     Permission = "API_DATA_EXPORT_CLIENT_CREATE"
	PermissionConsentUpdate  Permission = "API_CONSENT_CLIENT_UPDATE"
	PermissionAddressUpdate  Permission = "API_ADDRESS_CLIENT_UPDATE"
	PermissionFactorsUpdate  Permission = "SAUTH_FACTORS_CLIENT_UPDATE"
)

// The permissions of the back office, by which the shop's own people act on the accounts of all customers. A key with
// one of them has no customer's permission, and works on the private listener alone.
const (
	PermissionCustomerRead   Permission = "BACKOFFICE_CUSTOMER_READ"
	PermissionCustomerUpdate Permission = "BACKOFFICE_CUSTOMER_UPDATE"
	PermissionCustomerBlock  Permission = "BACKOFFICE_CUSTOMER_BLOCK"
	PermissionCustomerErase  Permission = "BACKOFFICE_CUSTOMER_ERASE"
)

// BackOfficePermissions lists the permissions of the back office in the schema's order.
var BackOfficePermissions = []Permission{
	PermissionCustomerRead, PermissionCustomerUpdate, PermissionCustomerBlock, PermissionCustomerErase,
}

// AllPermissions lists every permission in the schema's order.
var AllPermissions = slices.Concat(Permissions, BackOfficePermissions)

// Permissions lists every permission of customers' applications in the schema's order.
var Permissions = []Permission{
	PermissionAccountRead, PermissionAccountUpdate, PermissionPasswordChange, PermissionPasswordReset,
	PermissionAccountDelete, PermissionEmailChange, PermissionPhoneUpdate, PermissionRegister, PermissionSignIn,
	PermissionSignOut, PermissionSessionRead, PermissionDataExport,
	PermissionConsentUpdate, PermissionAddressUpdate, PermissionFactorsUpdate,
}

// APIKeyPrefix begins every API key, so that scanners for leaked secrets can recognize it.
const APIKeyPrefix = "ak_"

// APIKey is an application that may call the API, with its permissions.
type APIKey struct {
	ID   string
	Name string
	// SecretHash is the SHA-256 of the whole key (R-KEY1).
	SecretHash  []byte
	Permissions []Permission `gorm:"serializer:json"`
	// Origins are the web origins that may send the key. If there are none, any origin may.
	Origins    []string `gorm:"serializer:json"`
	CreatedAt  time.Time
	ExpiresAt  *time.Time
	RevokedAt  *time.Time
	LastUsedAt *time.Time
}

// TableName returns the name of the table for GORM.
func (APIKey) TableName() string { return "api_keys" }

// AccountPageKeyPrefix begins the ids of the keys that the binary makes for its own account page. Ids of other keys have
// no dash.
const AccountPageKeyPrefix = "page-"

// AccountPage reports whether the key is one that the binary made for its account page.
func (k *APIKey) AccountPage() bool { return k != nil && strings.HasPrefix(k.ID, AccountPageKeyPrefix) }

// Allows reports whether the key has the permission.
func (k *APIKey) Allows(permission Permission) bool {
	return k != nil && slices.Contains(k.Permissions, permission)
}

// BackOffice reports whether the key has a permission of the back office.
func (k *APIKey) BackOffice() bool { return slices.ContainsFunc(k.Permissions, Permission.BackOffice) }

// BackOffice reports whether the permission is one of the back office.
func (p Permission) BackOffice() bool { return strings.HasPrefix(string(p), "BACKOFFICE_") }

// Live reports whether the key is valid at the given time.
func (k *APIKey) Live(now time.Time) bool {
	return k.RevokedAt == nil && (k.ExpiresAt == nil || now.Before(*k.ExpiresAt))
}

// AllowsOrigin reports whether a request with this Origin header may use the key. A request without the header does
// not come from a browser.
func (k *APIKey) AllowsOrigin(origin string) bool {
	return origin == "" || len(k.Origins) == 0 || slices.ContainsFunc(k.Origins, func(allowed string) bool {
		return strings.EqualFold(allowed, origin)
	})
}
