package system

import (
	"fmt"

	"github.com/accountql/accountql/test/world"
)

// addApp adds the visitor's first authenticator app.
func (v *visitor) addApp() {
	v.t.Helper()
	v.app = addApp(v.t, v.World, v.name, v.password)
}

// addSecondApp adds another app, in the open window.
func (v *visitor) addSecondApp() {
	v.t.Helper()
	app := appOf(v.t, world.Succeed(v.t, v.Do(v.t, v.name, "requestAuthenticator", `{}`)))
	world.Succeed(v.t, v.Do(v.t, v.name, "confirmAuthenticator",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, app.challenge, app.code(v.t, v.World))))
}

// beginApp begins an app, which waits for its first code.
func (v *visitor) beginApp() {
	v.t.Helper()
	v.waiting = requestApp(v.t, v.World, v.name, v.password)
}

// tryApp sends so many wrong codes for the app that waits.
func (v *visitor) tryApp(times int) {
	v.t.Helper()
	for range times {
		v.Do(v.t, v.name, "confirmAuthenticator", fmt.Sprintf(`{"challengeId":%q,"code":"12345"}`, v.waiting.challenge))
	}
}

// offerSecond adds the code of the visitor's app to the input of an operation, if there is an app.
func (v *visitor) offerSecond(input map[string]any) {
	v.t.Helper()
	if v.app != nil {
		input["authenticatorCode"] = v.app.code(v.t, v.World)
	}
}
