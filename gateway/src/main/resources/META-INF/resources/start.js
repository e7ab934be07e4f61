// Says who is signed in. Without this script the page still leads everywhere it leads with it.
fetch("/session", { headers: { Accept: "application/json" } })
  .then((answer) => (answer.ok ? answer.json() : { signedIn: false }))
  .then((session) => {
    if (!session.signedIn) return;
    document.getElementById("who").textContent = `Signed in as ${session.name}`;
    document.getElementById("sign-in").hidden = true;
    document.getElementById("sign-out").hidden = false;
  })
  .catch(() => {});
