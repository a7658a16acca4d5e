"""Every address that the house answers, for tests that knock at each."""


def addresses(app, number):
    """(endpoint, method, path) of every route; what its path has to name is called `number`."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        _, path = rule.build(dict.fromkeys(rule.arguments, number))
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, path
