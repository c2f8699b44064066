// What is written in a form with a draft is kept while it is written: some seconds after the last
// change, and when the page goes out of sight. A form's token is good for one deed; the page that
// answers has the next. Whoever is not logged in any more is told so, and goes on after logging in
// elsewhere.
(() => {
  const form = document.querySelector("form[data-bewaren]");
  if (!form) return;
  const QUIET = 4000;
  const MOST_ON_LEAVING = 60000;
  const HTML = { Accept: "text/html" };
  const line = document.getElementById("bewaard");
  const failed = document.getElementById("bewaren-mislukt");
  let timer = null;
  let saving = null;
  let changed = false;
  let stale = false;

  const hidden = (within, name) => within.querySelector(`input[type=hidden][name=${name}]`);

  // The next token, and the draft's name once it has one.
  const renew = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const theirs = page.querySelector("form[data-bewaren]");
    if (!answer.ok || !theirs) throw new Error(`not kept: ${answer.status}`);
    for (const name of ["token", "concept"]) {
      const next = hidden(theirs, name);
      if (!next) continue;
      if (!hidden(form, name)) form.prepend(next.cloneNode());
      hidden(form, name).value = next.value;
    }
    return page;
  };

  const keep = async () => {
    clearTimeout(timer);
    if (stale) {
      await renew(await fetch(form.action, { headers: HTML, redirect: "error" }));
      stale = false;
    }
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("doe", "bewaren");
    const keepalive = document.visibilityState === "hidden" && body.toString().length < MOST_ON_LEAVING;
    const page = await renew(await fetch(form.action, { method: "POST", body, headers: HTML, keepalive }));
    history.replaceState(null, "", `?concept=${hidden(form, "concept").value}`);
    line.textContent = page.querySelector("main [role=status]").textContent.trim();
  };

  const save = () => {
    if (!changed || saving) return;
    saving = keep()
      .catch(() => {
        stale = true;
        changed = true;
        line.replaceChildren(failed.content.cloneNode(true));
      })
      .finally(() => {
        saving = null;
        if (changed && !stale) later();
      });
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  };

  form.addEventListener("input", () => {
    changed = true;
    later();
  });
  document.addEventListener("visibilitychange", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (!saving) return;
    // What is being kept has the form's token: the sending waits for the next one.
    event.preventDefault();
    saving.finally(() => form.requestSubmit(event.submitter));
  });
})();
