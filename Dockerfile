# The Python here is the oldest that the lock is made for. Run it read-only, with a tmpfs for temporary files,
# --cap-drop ALL and --security-opt no-new-privileges.
FROM python:3.11-slim-bookworm AS build
COPY scripts/locks/app.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r app.lock

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home words && install -d -o 10001 /data
COPY --from=build /venv /venv
COPY LICENSE /srv/LICENSE
COPY app /srv/app
COPY conversation_flows /srv/conversation_flows
WORKDIR /srv
ENV PATH=/venv/bin:$PATH INTO_WORDS_DATA=/data INTO_WORDS_PUBLIC_URL=http://127.0.0.1:8000
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python","-c","import urllib.request as u;u.urlopen('http://127.0.0.1:8000/healthz',timeout=2)"]
CMD ["python","-m","app.cli","serve","--host","0.0.0.0"]
