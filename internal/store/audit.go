package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// RecordEvent appends to the audit trail, which nothing here changes or deletes (R-LOG3).
func (t *transaction) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	return t.settle(gorm.G[models.AuditEvent](t.db).Create(ctx, event))
}
