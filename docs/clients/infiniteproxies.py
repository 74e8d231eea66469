"""A shop's round with the InfiniteProxies API: a customer, balance given and taken back, a new password."""
import os

import requests

API = os.environ["HEADGATE_URL"] + "/v2"
session = requests.Session()
session.headers["X-INFINITE-KEY"] = os.environ["HEADGATE_KEY"]


def call(method, path, **parameters):
    answer = session.request(method, API + path, params=parameters, timeout=30).json()
    status = answer["status"]
    if status["code"] != 200:
        raise SystemExit(f"{status['code']}: {status['message']}")
    return answer["payload"]


me = call("GET", "/@me")
print(f"{me['username']} has {me['balanceResidential']} MB")

customer = call("POST", "/customer/create", username="Alice")
name = customer["username"]
print(f"{name} logs in with a password of {len(customer['proxy_password'])} characters")

print(f"{name} has {call('POST', '/customer/add_balance', username=name, balance=100)['balance']} MB")
print(f"{name} has {call('POST', '/customer/remove_balance', username=name, balance=40)['balance']} MB")

reset = call("POST", "/customer/reset_password", username=name)
print(f"the password is {'another' if reset['proxy_password'] != customer['proxy_password'] else 'the same'} now")

days = call("GET", f"/customer/@{name}/transactions")
print(f"{name} used {sum(days.values())} MB in {len(days)} days")
print("customers:", ", ".join(f"{user['username']} {user['balance']} MB" for user in call("GET", "/customers")["users"]))
