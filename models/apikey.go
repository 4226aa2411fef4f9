package models

import (
	"slices"
	"strings"
	"time"
)

// Permission is what an API key may be allowed; the values are the source's, verbatim.
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
)

// Permissions lists every permission in the schema's order.
var Permissions = []Permission{
	PermissionAccountRead, PermissionAccountUpdate, PermissionPasswordChange, PermissionPasswordReset,
	PermissionAccountDelete, PermissionEmailChange, PermissionPhoneUpdate, PermissionRegister, PermissionSignIn,
	PermissionSignOut,
}

// APIKeyPrefix begins every API key, so that scanners of leaked secrets can tell one.
const APIKeyPrefix = "ak_"

// APIKey is an application that may call, with what it may do.
type APIKey struct {
	ID   string
	Name string
	// SecretHash is the SHA-256 of the whole key (R-KEY1).
	SecretHash  []byte
	Permissions []Permission `gorm:"serializer:json"`
	// Origins are the web origins that may send the key; none: any.
	Origins    []string `gorm:"serializer:json"`
	CreatedAt  time.Time
	ExpiresAt  *time.Time
	RevokedAt  *time.Time
	LastUsedAt *time.Time
}

// TableName is GORM's table of the type.
func (APIKey) TableName() string { return "api_keys" }

// Allows says whether the key holds the permission.
func (k *APIKey) Allows(permission Permission) bool {
	return k != nil && slices.Contains(k.Permissions, permission)
}

// Live says whether the key works at a time.
func (k *APIKey) Live(now time.Time) bool {
	return k.RevokedAt == nil && (k.ExpiresAt == nil || now.Before(*k.ExpiresAt))
}

// AllowsOrigin says whether a request with the Origin header may use the key; a request without it comes from no
// browser.
func (k *APIKey) AllowsOrigin(origin string) bool {
	return origin == "" || len(k.Origins) == 0 || slices.ContainsFunc(k.Origins, func(allowed string) bool {
		return strings.EqualFold(allowed, origin)
	})
}
