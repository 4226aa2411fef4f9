package postgres

import (
	"fmt"
	"time"
)

// AgePlans makes the plans of a driver's connection older than they may become.
func AgePlans(driver any) error {
	c, ok := driver.(*conn)
	if !ok {
		return fmt.Errorf("the driver opened a %T", driver)
	}

	c.prepared = time.Now().Add(-2 * planAge)

	return nil
}
