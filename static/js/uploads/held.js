// What has arrived and waits on the server for its form.

export async function listHeld(url, form) {
  try {
    const answer = await fetch(`${url}?${new URLSearchParams({ form })}`, {
      headers: { "X-Requested-With": "fetch" },
      redirect: "manual", // to sign in: nothing is known then
    });
    return answer.ok ? (await answer.json()).files : [];
  } catch {
    return [];
  }
}

export function removeHeld(url, id, csrf) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: csrf });
  // If it cannot be told, the server forgets the file by itself in two days.
  return fetch(`${url}${id}/removal/`, { method: "POST", body, redirect: "error" }).catch(() => {});
}
