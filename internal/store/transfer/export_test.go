package transfer

// CopyInBatches is Copy with another batch size.
var CopyInBatches = copyInBatches

// CopiedTables lists the tables that Copy moves.
var CopiedTables = tableNames

// CopiedKey lists the columns by which Copy orders the rows of a table.
func CopiedKey(name string) []string {
	for _, table := range tables {
		if table.name == name {
			return table.key
		}
	}
	return nil
}
