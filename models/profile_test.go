package models_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestProfileOfFormerRows guards that rows which an earlier version stored, with Go's field names, can still be
// read: pending registrations and outcomes of mutations hold an account as JSON.
func TestProfileOfFormerRows(t *testing.T) {
	var read models.Account
	const former = `{"ID":"a","FirstName":"Ada","Sex":"FEMALE","AvatarURL":"https://example.com/a","Agreements":{"SMS":true,"RFID":false},"Attributes":{"a":1}}`
	if err := json.Unmarshal([]byte(former), &read); err != nil {
		t.Fatal(err)
	}

	name, avatar, yes, no := "Ada", models.URL("https://example.com/a"), true, false
	want := models.Profile{
		FirstName: &name, Sex: models.SexFemale, AvatarURL: &avatar,
		Agreements: models.Agreements{SMS: &yes, RFID: &no}, Attributes: models.JSONObject{"a": 1.0},
	}
	if read.ID != "a" || !reflect.DeepEqual(read.Profile, want) {
		t.Errorf("read %+v, want %+v", read.Profile, want)
	}
}
