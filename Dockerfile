# VibeDash in a container.
#
# The base images are Microsoft's for .NET 10, in their default (Ubuntu) flavour; give their full names, host included:
#
#   docker build -t vibedash \
#     --build-arg SDK_IMAGE=<host>/dotnet/sdk:10.0 --build-arg RUNTIME_IMAGE=<host>/dotnet/aspnet:10.0 .
#
#   docker run -v vibedash:/data -p 127.0.0.1:8080:8080 -p 127.0.0.1:1883:1883 vibedash
#
# Until the first person is added, nobody beyond the container is served. Add them with
#
#   docker exec -it <container> dotnet VibeDash.Server.dll set-up
#
# and make keys for the sensors on the page People: the embedded broker asks for them.
# With a broker of yours: -e Broker__Host=... and no second -p.
ARG SDK_IMAGE=dotnet/sdk:10.0
ARG RUNTIME_IMAGE=dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
# The build takes one package from npm.
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/VibeDash.Server -c Release -o /app

FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /app .
# The image brings this user; as root nothing runs. A named volume takes over the folder's owner.
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
VOLUME /data

# Inside the container everything listens on all addresses; what is published, and where, is said by docker run -p.
# Urls, not ASPNETCORE_HTTP_PORTS: appsettings.json sets the former, which wins over the latter.
ENV Urls=http://0.0.0.0:8080 \
    ASPNETCORE_HTTP_PORTS= \
    Storage__Folder=/data \
    Broker__ListenAddress=0.0.0.0
EXPOSE 8080 1883

# The image has no curl, but a bash that can open a connection. Degraded (no broker) counts as healthy, as a restart would not help.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["dotnet", "VibeDash.Server.dll"]
