# Varnish 7 before the site, with EDGE_MAX_AGE=3600 EDGE_CACHES=varnish+http://127.0.0.1:6081 and Varnish's address among
# TRUSTED_PROXIES. TLS ends before Varnish, which is told so by X-Forwarded-Proto.
vcl 4.1;

import std;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/healthz"; .interval = 5s; .timeout = 2s; }
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ purgers || !req.http.X-Cache-Tags) {
            return (synth(403));
        }
        ban("obj.http.Cache-Tag ~ " + req.http.X-Cache-Tags);
        return (synth(200));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Who works in the office, sends a form, or has chosen a place or 大字版 is answered by the site itself.
    if (req.http.Authorization || req.http.Cookie ~ "(^|; *)(sessionid|csrftoken|messages|choice|text)=") {
        return (pass);
    }
    unset req.http.Cookie;
    if (std.healthy(req.backend_hint)) {
        set req.grace = 5s;
    }
    return (hash);
}

sub vcl_backend_response {
    # Only what says so is kept: nothing else would be purged.
    if (beresp.http.Cache-Control !~ "s-maxage=[1-9]|immutable" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    # How long an old page may stand in for a site that does not answer; it ends with the day, as the site says.
    if (beresp.http.Cache-Control ~ "stale-if-error=") {
        set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, ".*stale-if-error=(\d+).*", "\1s"), 5s);
    }
    return (deliver);
}

sub vcl_deliver {
    # Caches that nobody purges, browsers among them, go on asking.
    if (resp.http.Cache-Control ~ "s-maxage=") {
        set resp.http.Cache-Control = "public, no-cache";
    }
    unset resp.http.Cache-Tag;
}
