// Package manifests_test checks the files of deploy/kubernetes by the code of Kubernetes itself. It is a module of its
// own, because nothing else needs that code.
package manifests_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	podsecurity "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

const namespace = "accountql"

// manifests are the objects of deploy/kubernetes.
type manifests struct {
	namespace  corev1.Namespace
	settings   corev1.ConfigMap
	migrate    batchv1.Job
	deployment appsv1.Deployment
	service    corev1.Service
	budget     policyv1.PodDisruptionBudget
	network    networkingv1.NetworkPolicy
}

// readManifests decodes every object of the files. A field that Kubernetes does not know, or knows with another type,
// is an error, and so is an object that is there twice or not at all.
func readManifests(t *testing.T) *manifests {
	t.Helper()
	var all manifests
	kinds := map[string]any{
		"v1 Namespace": &all.namespace, "v1 ConfigMap": &all.settings, "batch/v1 Job": &all.migrate,
		"apps/v1 Deployment": &all.deployment, "v1 Service": &all.service,
		"policy/v1 PodDisruptionBudget": &all.budget, "networking.k8s.io/v1 NetworkPolicy": &all.network,
	}

	files, err := filepath.Glob("../../deploy/kubernetes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}

	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		for _, document := range regexp.MustCompile(`(?m)^---$`).Split(string(text), -1) {
			var header metav1.TypeMeta
			if err := yaml.Unmarshal([]byte(document), &header); err != nil {
				t.Fatalf("%s: %v", file, err)
			}

			kind := header.APIVersion + " " + header.Kind
			object := kinds[kind]
			if object == nil {
				t.Fatalf("%s: no %s is expected, or no second one", file, kind)
			}
			if err := yaml.UnmarshalStrict([]byte(document), object); err != nil {
				t.Errorf("%s: %v", file, err)
			}

			named := object.(metav1.Object)
			if named.GetName() == "" || kind != "v1 Namespace" && named.GetNamespace() != namespace {
				t.Errorf("%s: %s is %s in %q", file, kind, named.GetName(), named.GetNamespace())
			}
			delete(kinds, kind)
		}
	}

	if len(kinds) > 0 {
		t.Fatalf("missing: %v", kinds)
	}

	return &all
}

// TestPodSecurity checks both pods by the rules of the level that the namespace enforces.
func TestPodSecurity(t *testing.T) {
	all := readManifests(t)
	if level := all.namespace.Labels[podsecurity.EnforceLevelLabel]; level != string(podsecurity.LevelRestricted) {
		t.Errorf("the namespace enforces %q", level)
	}

	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}

	restricted := podsecurity.LevelVersion{Level: podsecurity.LevelRestricted, Version: podsecurity.LatestVersion()}
	for name, pod := range map[string]corev1.PodTemplateSpec{
		"serve": all.deployment.Spec.Template, "migrate": all.migrate.Spec.Template,
	} {
		answer := policy.AggregateCheckResults(evaluator.EvaluatePod(restricted, &pod.ObjectMeta, &pod.Spec))
		if !answer.Allowed {
			t.Errorf("%s: %s", name, answer.ForbiddenDetail())
		}

		container := pod.Spec.Containers[0]
		if !yes(container.SecurityContext.ReadOnlyRootFilesystem) || container.Resources.Limits.Memory().IsZero() ||
			container.Resources.Requests.Cpu().IsZero() {
			t.Errorf("%s: its root is writable, or it has no bound of memory or no share of a processor", name)
		}

		for setting, on := range map[string]*bool{
			"automountServiceAccountToken": pod.Spec.AutomountServiceAccountToken,
			"enableServiceLinks":           pod.Spec.EnableServiceLinks,
		} {
			if on == nil || *on {
				t.Errorf("%s: %s is not false", name, setting)
			}
		}

		if pod.Spec.SecurityContext.RunAsUser == nil || *pod.Spec.SecurityContext.RunAsUser != 65532 {
			t.Errorf("%s: the user is not that of the image", name)
		}
	}

	evaluator, err = policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}

	open := all.deployment.Spec.Template
	open.Spec.Containers[0].SecurityContext.Capabilities = nil
	if policy.AggregateCheckResults(evaluator.EvaluatePod(restricted, &open.ObjectMeta, &open.Spec)).Allowed {
		t.Error("a pod with capabilities is allowed: does this test look at the rules?")
	}
}

func yes(value *bool) bool { return value != nil && *value }

// TestObjectsFitTogether checks that each selector finds the processes and nothing else, and that ports and secrets
// that one object names are there in the other.
func TestObjectsFitTogether(t *testing.T) {
	all := readManifests(t)
	server, job := labels.Set(all.deployment.Spec.Template.Labels), labels.Set(all.migrate.Spec.Template.Labels)
	for name, selector := range map[string]*metav1.LabelSelector{
		"Deployment": all.deployment.Spec.Selector, "PodDisruptionBudget": all.budget.Spec.Selector,
		"Service":        {MatchLabels: all.service.Spec.Selector},
		"topologySpread": all.deployment.Spec.Template.Spec.TopologySpreadConstraints[0].LabelSelector,
	} {
		parsed, err := metav1.LabelSelectorAsSelector(selector)
		if err != nil || !parsed.Matches(server) || parsed.Matches(job) {
			t.Errorf("%s selects %v (%v)", name, selector, err)
		}
	}

	guarded, err := metav1.LabelSelectorAsSelector(&all.network.Spec.PodSelector)
	if err != nil || !guarded.Matches(server) || !guarded.Matches(job) {
		t.Errorf("the policy of the network is for %v (%v)", all.network.Spec.PodSelector, err)
	}

	container := all.deployment.Spec.Template.Spec.Containers[0]
	hasPort := func(name string) bool {
		return slices.ContainsFunc(container.Ports, func(port corev1.ContainerPort) bool { return port.Name == name })
	}
	named := []string{all.service.Spec.Ports[0].TargetPort.StrVal}
	for _, probe := range []*corev1.Probe{container.StartupProbe, container.LivenessProbe, container.ReadinessProbe} {
		named = append(named, probe.HTTPGet.Port.StrVal)
	}
	for _, rule := range all.network.Spec.Ingress {
		named = append(named, rule.Ports[0].Port.StrVal)
	}
	for _, name := range named {
		if !hasPort(name) {
			t.Errorf("the process has no port %q", name)
		}
	}

	if from := container.EnvFrom[0].ConfigMapRef.Name; from != all.settings.Name {
		t.Errorf("the settings are those of %s", from)
	}
	if mode := all.deployment.Spec.Template.Spec.Volumes[0].Secret.DefaultMode; *mode != 0o440 {
		t.Errorf("the mode of the secrets' files is %o: can the group of the process read them?", *mode)
	}
	if all.migrate.Spec.Template.Spec.Containers[0].Image != container.Image {
		t.Error("two versions: the images differ")
	}
}

// TestUpgradesLeaveNoGap checks that one process stays while others are replaced, drained or moved, and that each may
// finish its drain, which takes ten seconds.
func TestUpgradesLeaveNoGap(t *testing.T) {
	all := readManifests(t)
	update, pod := all.deployment.Spec.Strategy.RollingUpdate, all.deployment.Spec.Template.Spec
	if *all.deployment.Spec.Replicas < 2 || update.MaxUnavailable.IntValue() != 0 || update.MaxSurge.IntValue() < 1 ||
		all.budget.Spec.MinAvailable.IntValue() < 1 {
		t.Errorf("%d replicas, %+v, %+v", *all.deployment.Spec.Replicas, update, all.budget.Spec)
	}

	sleep := pod.Containers[0].Lifecycle.PreStop.Sleep.Seconds
	if *pod.TerminationGracePeriodSeconds < sleep+10 {
		t.Errorf("%d seconds to end, of which %d are over before it begins", *pod.TerminationGracePeriodSeconds, sleep)
	}

	live, ready := pod.Containers[0].LivenessProbe.HTTPGet.Path, pod.Containers[0].ReadinessProbe.HTTPGet.Path
	if live != "/livez" || ready != "/readyz" {
		t.Errorf("probes of %s and %s: a process that waits for its database must not be killed", live, ready)
	}
}
