/** A form post, because signing out may lead through the identity provider's own page and back. */
export function signOut() {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/sign-out';
  document.body.append(form);
  form.submit();
}
