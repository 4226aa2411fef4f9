'use server';

import { redirect } from 'next/navigation';
import { change } from './accountql';

export async function signIn(form: FormData) {
  const { errors } = await change(
    `mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        session {
          id
        }
      }
    }`,
    { input: { email: form.get('email'), password: form.get('password') } },
  );
  redirect(errors ? `/sign-in?error=${errors[0]?.extensions.code}` : '/');
}

export async function signOut() {
  await change(`mutation SignOut {
    signOut {
      revokedSessions
    }
  }`);
  redirect('/sign-in');
}
