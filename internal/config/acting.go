package config

// Acting are the settings of the commands that change or show a person's data, or make a key (R-OBS3). The server has
// none of them.
type Acting struct {
	Operator      string `name:"operator" placeholder:"NAME" help:"Who runs the command, for the audit trail: up to 100 characters. Left out: os: and the user's name on this machine."`
	Reason        string `name:"reason" placeholder:"TEXT" help:"Why, for the audit trail: up to 500 characters."`
	RequireReason bool   `name:"require-reason" help:"Refuse the command without --operator and --reason; for the environment of a machine that operators share."`
}

// Check returns an error for each setting that is left out although it is required.
func (a *Acting) Check() error {
	var wrong Errors
	for _, setting := range []struct{ name, value string }{{"operator", a.Operator}, {"reason", a.Reason}} {
		if a.RequireReason && setting.value == "" { // guard: a shop can require a name and a reason
			wrong.add(refuse("--"+setting.name, "is required: give it, or set %s", variable(setting.name)))
		}
	}

	if len(wrong) == 0 {
		return nil
	}

	return wrong
}
