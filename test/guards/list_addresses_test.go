//go:build guards

package guards

func init() { guards = append(guards, addressGuards...) }

const postalTests = "./internal/postal"

// addressGuards keep the address book whole, and each customer's own (R-ADDR1 to R-ADDR4).
var addressGuards = []guard{
	{"an address is its customer's own", systemTests, "TestStories/SQLite/addresses",
		changes{swap(`"account_id = ?", accountID`, `"'' <> ?", accountID`)}},
	{"an address book has an end", systemTests, "TestAddressBookUnderRaces/SQLite", changes{gone}},
	{"one default of each kind", sqliteTests, "TestSQLite$/one_default",
		changes{inFile("internal/store/migrations/sqlite/00010_shop_record_ways_in.sql",
			"CREATE UNIQUE INDEX addresses_default_shipping", "CREATE INDEX addresses_default_shipping")}},
	{"a change of an address is guarded by its version", sqliteTests, "TestSQLite$/addresses",
		changes{swap(` AND version = ?", address.AccountID, address.ID, address.Version`,
			`", address.AccountID, address.ID`)}},
	{"what an address has already is no change", systemTests, "TestEachFieldOfAnAddress", changes{always}},
	{"a postal code is its province's", postalTests, "TestCountries", changes{never}},
}
