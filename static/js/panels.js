// A case’s panels are closed until they’re asked for (cases/views/case/opened.py). An address that
// only names one, as in an old bookmark, opens it, too.

const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
if (named && named.matches("a[href*='?open=']")) location.replace(named.href);
