import { Button } from '../parts/Button';
import { Form } from '../parts/Form';
import { instead, LinkScreen, toSignIn } from '../parts/LinkScreen';
import { Notice } from '../parts/Screen';
import { formatTime } from '../time';
import { useFactorReset } from '../hooks/useFactorReset';
import { later, t } from '../words';

/** What the mail about lost second factors leads to: remove them from the third day on, or keep them at any time. */
export function ResetFactor() {
  const { remove, keep, removableAt, removed, kept } = useFactorReset();
  const done = removed
    ? { title: later('resetFactor.yourSecondFactorIs'), text: later('resetFactor.signInWithoutA', { sessions: removed.revokedSessions }), next: toSignIn }
    : kept && { title: later('resetFactor.yourSecondFactorStays'), text: later('resetFactor.nothingIsRemovedIf'), next: toSignIn };

  return (
    <LinkScreen
      title={t('common.yourSecondFactor')}
      intro={t('resetFactor.somebodySaidThatYour')}
      done={done}
    >
      {token => (
        <Form
          problems={[...remove.problems, ...keep.problems]}
          setProblems={remove.setProblems}
          onSubmit={() => remove.run({ token })}
          remedy={instead('/sign-in', 'resetFactor.signInWhoeverHas')}
          actions={
            <>
              <Button type="submit" look="danger" waiting={remove.busy}>
                {remove.busy ? t('common.removing') : t('resetFactor.removeMySecondFactor')}
              </Button>
              <Button look="primary" waiting={keep.busy} onClick={() => void keep.run({ token })}>
                {keep.busy ? t('resetFactor.keepingIt') : t('resetFactor.keepMySecondFactor')}
              </Button>
            </>
          }
        >
          {removableAt && <Notice>{t('resetFactor.itCanBeRemoved', { time: formatTime(new Date(removableAt).toISOString()) })}</Notice>}
        </Form>
      )}
    </LinkScreen>
  );
}
