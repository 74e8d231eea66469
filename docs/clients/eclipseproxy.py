"""A reseller's first day with the EclipseProxy API: a subuser, its bandwidth, its password, its address."""
import os

import requests

API = os.environ["HEADGATE_URL"] + "/api/reseller/v1"
session = requests.Session()
session.headers["Authorization"] = "Bearer " + os.environ["HEADGATE_KEY"]


def call(method, path, body=None):
    answer = session.request(method, API + path, json=body, timeout=30).json()
    if answer["status"] != "success":
        raise SystemExit(f"{answer['messageCode']}: {answer['message']}")
    return answer["data"]


pool = call("GET", "/bandwidth")
print(f"{pool['storeName']} has {pool['bandwidthBalance']} MB for {pool['subuserCount']} subusers")

subuser = call("POST", "/subusers", {"username": "alice", "email": "alice@example.com", "bandwidth": 100})
name = subuser["username"]
print(f"{name} logs in with a password of {len(subuser['password'])} characters")

call("PUT", f"/subusers/{name}/password", {"newPassword": "correct-horse-42"})
listed = call("POST", f"/subusers/{name}/whitelist", {"ip": "203.0.113.7"})
print(f"{name} may also come from {', '.join(listed['whitelistIPs'])}")

bandwidth = call("POST", f"/subusers/{name}/bandwidth", {"action": "ADD", "amountMb": 50})
print(f"{name} has {bandwidth['bandwidthRemaining']} MB left of {bandwidth['bandwidthAllocated']}")

for entry in call("GET", f"/subusers/{name}/bandwidth/history")["history"]:
    print(f"{entry['action']} {entry['amountMb']} MB")

deleted = call("DELETE", f"/subusers/{name}")
print(f"{name} is gone; {deleted['bandwidthReturned']} MB are back in the pool")
