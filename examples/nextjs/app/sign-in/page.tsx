import { signIn } from '../actions';

/** What to say of a code; docs/errors.md has them all. */
const sentences: Record<string, string> = {
  INVALID_CREDENTIALS: 'E-mail or password are wrong.',
  RATE_LIMITED: 'That was tried too often. Try again later.',
};

type Props = { searchParams: Promise<{ error?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { error } = await searchParams;
  return (
    <>
      <h1>Sign in</h1>
      {error && <p role="alert">{sentences[error] ?? 'That did not work. Try again later.'}</p>}
      <form action={signIn}>
        <label>
          E-mail <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button>Sign in</button>
      </form>
    </>
  );
}
