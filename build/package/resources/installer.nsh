; peerhold: links open the app from the installation on, and no longer once it is gone.
!macro customInstall
  WriteRegStr HKCU "Software\Classes\peerhold" "" "URL:Peerhold link"
  WriteRegStr HKCU "Software\Classes\peerhold" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\peerhold\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKCU "Software\Classes\peerhold\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  ; An update uninstalls the version before; the links stay the new one's.
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\peerhold"
  ${endIf}
!macroend
